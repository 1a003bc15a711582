# Becomes the lab's Exim, which gives its rights up and cannot read keys that are only root's.
mkdir @OWN@/keys
cp @FOLDER@/papers/* @OWN@/keys
chown @MAIL_USER@ @OWN@/keys/*
exec @SERVER@/usr/sbin/exim4 -C @OWN@/exim.conf -bdf >>@LOG@ 2>&1
