# Runs the lab's Courier: the daemon that checks passwords, and one listener for each port.
libraries=$(echo @SERVER@/usr/lib/*-linux-gnu*)
export LD_LIBRARY_PATH="@SERVER@/usr/lib/courier-authlib:@SERVER@/usr/lib:$libraries"
exec >>@LOG@ 2>&1
mkdir -p /etc/courier /run/courier/authdaemon @OWN@/keys @OWN@/mail
for paper in good expired; do
  cat @FOLDER@/papers/$paper.key @FOLDER@/papers/$paper.pem >@OWN@/keys/$paper.pem
done
for user in @USERS@; do
  for part in cur new tmp; do mkdir -p @OWN@/mail/$user/$part; done
done
# one mailbox is missing, one is full, and one belongs to somebody else
rm -r @OWN@/mail/lost
printf '1000S\n1000 1\n' >@OWN@/mail/full/maildirsize
head -c 1000 /dev/zero | tr '\0' x >@OWN@/mail/full/cur/1.full,S=1000:2,
chown -R @MAIL_USER@:@MAIL_USER@ @OWN@/keys @OWN@/mail
chown -R root:root @OWN@/mail/bouncy
cp @OWN@/authdaemonrc /etc/courier
for file in userdb userdbshadow; do
  @SERVER@/usr/lib/courier/courier-authlib/makedatprog @OWN@/$file /etc/courier/$file.tmp /etc/courier/$file.dat
  chmod 600 /etc/courier/$file.dat
done

set -a
. @SERVER@/etc/courier/imapd
. @SERVER@/etc/courier/imapd-ssl
COURIERTLS=@SERVER@/usr/bin/couriertls
HOSTNAME=@HOSTNAME@
TLS_CACHEFILE= TLS_DHPARAMS= TLS_TRUSTCERTS= TLS_VERIFYPEER=NONE
POP3AUTH="PLAIN LOGIN" POP3AUTH_TLS="PLAIN LOGIN"
IMAP_TLS_REQUIRED=1 POP3_TLS_REQUIRED=1
set +a

# listen ADDRESS PAPER MOST
listen () {
  tcpd="@SERVER@/usr/sbin/couriertcpd -address=$1 -nodnslookup -noidentlookup -maxperip=$3 -maxprocs=100"
  imap="@SERVER@/usr/lib/courier/courier/imaplogin @SERVER@/usr/bin/imapd Maildir"
  pop3="@SERVER@/usr/lib/courier/courier/courierpop3login @SERVER@/usr/lib/courier/courier/courierpop3d Maildir"
  export TLS_CERTFILE=@OWN@/keys/$2.pem
  IMAP_STARTTLS=YES $tcpd @IMAP@ $imap &
  IMAP_STARTTLS=NO IMAP_TLS=1 IMAP_TLS_REQUIRED=0 $tcpd @IMAPS@ $COURIERTLS -server -tcpd $imap &
  POP3_STARTTLS=YES $tcpd @POP3@ $pop3 &
  POP3_STARTTLS=NO POP3_TLS=1 POP3_TLS_REQUIRED=0 $tcpd @POP3S@ $COURIERTLS -server -tcpd $pop3 &
}
listen 127.0.3.1 good 100
listen 127.0.3.2 good 1
listen 127.0.3.3 expired 100
@SERVER@/usr/lib/courier/courier-authlib/authdaemond &
wait
