"""The border: records in tools that people have already. One module and one extra each; nothing else imports them."""
