module bcrypt

go 1.25.0

require golang.org/x/crypto v0.52.0
