-- A newer offer takes the place of offers that nobody redeemed.
delete from enrolment where scheme = :scheme and person = :person and wallet_hash is null
