insert into authority_key (authority, wrapped) values (:authority, :wrapped)
