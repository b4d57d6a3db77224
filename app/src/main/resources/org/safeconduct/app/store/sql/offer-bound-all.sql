select offer_hash, wallet_hash, scheme from enrolment where offer_hash = any (?::bytea[])
