select wrapped from authority_key where authority = :authority
