select offer_hash, scheme, person, generation, attribute_values, wallet_hash from enrolment where offer_hash = ?
