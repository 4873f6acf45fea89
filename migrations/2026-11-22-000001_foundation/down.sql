drop view entries;
drop table audit_seals, audit_unsealed, audit, idempotency_keys, prompts, events, timeline, outputs, jobs, rollouts, steps, executions,
    workflow_versions, workflows, definitions, enrolments, enroll_tokens, drains, credentials, workers, tokens, users, regions, settings, servers;
drop function refuse_change, refuse_revival, note_worker, note_workflow, take_timeline, expect_rows;
drop sequence fences, session_epochs;
drop type user_role, on_deadline, drain_mode, credential_status, enroll_token_status, prompt_status, execution_status, job_awaits, rollout_status, step_kind,
    step_status, job_status, worker_type, worker_role, admin_state, worker_status;
