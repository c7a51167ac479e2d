#!/bin/sh
# The web server starts this in a directory that everybody may ask for; program and configuration stay out of it.
exec /home/USER/wa-connect/bin/wa-connect-fcgi
