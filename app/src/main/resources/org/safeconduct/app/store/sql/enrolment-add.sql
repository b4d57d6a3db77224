insert into enrolment (offer_hash, scheme, person, generation, attribute_values, tx_hash, tries_left)
values (:offer, :scheme, :person, :generation, :values, :tx, :tries)
on conflict do nothing
