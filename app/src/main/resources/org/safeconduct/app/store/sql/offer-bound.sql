select wallet_hash, scheme from enrolment where offer_hash = ?
