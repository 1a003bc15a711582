# Completes postweg in fish.
complete -c postweg -l trust-file -r -F -d 'Trust the certificate authorities in this file too'
complete -c postweg -s h -l help -f -d 'Show the options'
