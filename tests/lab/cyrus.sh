# Becomes the lab's Cyrus, which gives its rights up. Its passwords are kept in a database that only its own tool writes.
libraries=$(echo @SERVER@/usr/lib/*-linux-gnu*)
export LD_LIBRARY_PATH="$libraries"
mkdir @OWN@/lib @OWN@/spool @OWN@/proc @OWN@/keys @OWN@/away @OWN@/away/msg
while read -r login password; do
  for realm in @DOMAIN@ @HOSTNAME@; do
    echo "$password" | base64 -d | @SERVER@/usr/sbin/saslpasswd2 -p -c -f @OWN@/passwords -u "$realm" "${login%@*}"
  done
done <@OWN@/users
echo "The server is being repaired, please come back later" >@OWN@/away/msg/shutdown
cp @FOLDER@/papers/* @OWN@/keys
chown -R @MAIL_USER@ @OWN@
exec @SERVER@/usr/lib/cyrus/bin/master -C @OWN@/healthy.conf -M @OWN@/cyrus.conf -p @OWN@/pid -D >>@LOG@ 2>&1
