-- Somebody who reads, and answers prompts.
alter type user_role add value if not exists 'approver' after 'viewer';
