select offer_hash, scheme, person, generation, attribute_values, wallet_hash from enrolment
where scheme = :scheme and person = :person order by generation desc limit 1
