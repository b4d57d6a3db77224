-- Binds an open offer to a wallet if the second code fits, else counts the try: one statement, so no race can add tries.
-- A missing second code is refused without costing a try: a wallet learns only so that one is needed.
update enrolment set
    wallet_hash = case when tx_hash is not distinct from ? then ? end,
    tries_left = case when tx_hash is null or ? is null or tx_hash = ? then tries_left else tries_left - 1 end
where offer_hash = ? and wallet_hash is null and tries_left > 0
returning wallet_hash, scheme, person, generation
