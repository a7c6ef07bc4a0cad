"""The mails of accounts: what `settings.ACCOUNT_MAILER` names. Written in full with the outbox."""
