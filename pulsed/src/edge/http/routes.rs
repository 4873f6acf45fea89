//! Every route with what it asks of its caller: the only table there is.
//!
//! The router, the OpenAPI document and the test that walks all roles are made
//! from it, so a route without a declared access cannot exist.

use axum::{
    handler::Handler,
    http::Method,
    routing::{MethodFilter, MethodRouter, on},
};

use super::{
    audit, backup, docs, enroll_tokens, events, executions, health, jobs, maintenances, metrics,
    monitors, notifications, openapi, prompts,
    reads::{Arguments, Told},
    regions, schedules, secrets, sensors, settings, tokens, users, workers, workflows,
};
use crate::{
    app::App,
    edge::{agent_ws, browser_ws},
    model::access::Access,
};

/// One route.
pub(super) struct Route {
    pub(super) method: Method,
    /// Below `/api/v1`, or below `/api`, or as it is: see `place`.
    pub(super) path: &'static str,
    pub(super) access: Access,
    pub(super) about: About,
    pub(super) summary: &'static str,
    /// The names of the schemas of body and answer, empty for none; `[]` behind a name means a
    /// page of them.
    pub(super) body: &'static str,
    pub(super) answer: &'static str,
    pub(super) place: Place,
    /// What its handler reads.
    pub(super) told: Told,
    pub(super) handler: MethodRouter<App>,
}

/// What a route has to do with; a token for some workflows only changes nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// Workflows, what starts them from outside, what they start, and the tokens for them.
    Workflows,
    /// What the whole installation has.
    Installation,
}

/// Under which prefixes a route answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// `/api/v1`, and `/api` for the third seed's clients.
    Api,
    /// Those two, and as it is for the fourth seed's clients.
    ApiAndRoot,
    /// Those two, and where the third seed's workers dial.
    AgentSocket,
    /// At the root only, where others look for it.
    Root,
}

impl Route {
    /// Its own path.
    pub(super) fn home(&self) -> String {
        match self.place {
            Place::Root => self.path.to_owned(),
            Place::Api | Place::ApiAndRoot | Place::AgentSocket => format!("/api/v1{}", self.path),
        }
    }

    /// The paths under which older clients know it.
    pub(super) fn older_paths(&self) -> Vec<String> {
        if self.place == Place::Root {
            return Vec::new();
        }
        let roots = self.place.roots(self.path).into_iter();
        let below = format!("/api{}", self.path);
        std::iter::once(below)
            .chain(roots.map(str::to_owned))
            .collect()
    }

    /// Whether a call under a key has no second effect.
    pub(super) fn takes_key(&self) -> bool {
        let is_known = match self.access {
            Access::Viewer
            | Access::Approver
            | Access::Operator
            | Access::Admin
            | Access::Worker => true,
            Access::Open | Access::Scraper | Access::Anybody => false,
        };
        self.told.key || (self.told.caller && self.method != Method::GET && is_known)
    }
}

impl Place {
    /// Where a route answers beside the two prefixes.
    pub(super) fn roots(self, path: &'static str) -> Vec<&'static str> {
        match self {
            Self::Api => Vec::new(),
            Self::ApiAndRoot | Self::Root => vec![path],
            Self::AgentSocket => vec!["/"],
        }
    }
}

struct Table(Vec<Route>);

impl Table {
    fn add<H, T>(
        &mut self,
        (method, path, access, about): (Method, &'static str, Access, About),
        (summary, body, answer): (&'static str, &'static str, &'static str),
        handler: H,
    ) where
        H: Handler<T, App>,
        T: Arguments + 'static,
    {
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        let place = match path {
            "/agent" => Place::AgentSocket,
            "/health" | "/ws" => Place::ApiAndRoot,
            "/metrics" | "/docs" => Place::Root,
            path if path.starts_with("/workers") => Place::ApiAndRoot,
            _ => Place::Api,
        };
        let handler = on(filter, handler);
        self.0.push(Route {
            method,
            path,
            access,
            about,
            summary,
            body,
            answer,
            place,
            told: T::told(),
            handler,
        });
    }
}

/// Every route.
pub(super) fn table() -> Vec<Route> {
    let mut table = Table(Vec::new());
    service(&mut table);
    tokens(&mut table);
    fleet(&mut table);
    documents(&mut table);
    triggers(&mut table);
    channels(&mut table);
    watched(&mut table);
    runs(&mut table);
    table.0
}

/// What the routes are about, and one line for each: method, path, access, verb, body, answer, summary.
macro_rules! routes {
    ($table:ident $about:ident { $($method:ident $path:literal $access:ident $handler:path, $body:literal => $answer:literal, $summary:literal;)+ }) => {
        $($table.add(
            (Method::$method, $path, Access::$access, About::$about),
            ($summary, $body, $answer),
            $handler,
        );)+
    };
}

fn service(table: &mut Table) {
    routes!(table Installation {
        GET "/health" Open health::health, "" => "HealthView", "Says whether the service works";
        GET "/user" Viewer health::user, "" => "UserView", "Says who calls";
        GET "/metrics" Scraper metrics::show, "" => "metrics", "Shows numbers for Prometheus";
        GET "/server/status" Viewer health::status, "" => "ServerStatusView", "Shows the whole service";
        GET "/server/backup" Admin backup::download, "" => "bytes", "The whole database as pg_dump writes it, and its length and SHA-256 behind it";
        GET "/openapi.json" Open openapi::serve, "" => "object", "Describes this interface";
        GET "/docs" Open docs::page, "" => "html", "Describes this interface to people";
        GET "/events" Viewer events::follow, "" => "Event", "Follows everything that happens (SSE)";
        GET "/ws" Anybody browser_ws::open, "" => "", "The browsers' socket, and that of the third seed's workers";
        GET "/audit" Admin audit::list, "" => "AuditEntry[]", "Shows who did what";
        GET "/audit/verify" Admin audit::verify, "" => "AuditVerification", "Checks that nobody changed the audit trail";
        GET "/users" Admin users::list, "" => "UserRow[]", "Lists who has signed in through a proxy";
        GET "/users/{username}" Admin users::show, "" => "UserRow", "Shows a user";
        PATCH "/users/{username}" Admin users::patch, "PatchUser" => "UserRow", "Sets a user's role, or locks them out";
        GET "/regions" Viewer regions::list, "" => "RegionView[]", "Lists regions";
        POST "/regions" Admin regions::create, "CreateRegion" => "RegionView", "Adds a region";
        GET "/regions/{code}" Viewer regions::show, "" => "RegionView", "Shows a region";
        PATCH "/regions/{code}" Admin regions::change, "PatchRegion" => "RegionView", "Changes a region's name or place";
        DELETE "/regions/{code}" Admin regions::remove, "" => "", "Takes a region away that nobody is in";
        GET "/secrets" Viewer secrets::list, "" => "SecretView[]", "Lists secrets, without their values";
        GET "/secrets/{name}" Viewer secrets::show, "" => "SecretView", "Shows a secret, without its value";
        PUT "/secrets/{name}" Admin secrets::put, "PutSecret" => "SecretView", "Sets the value of a secret, and what may use it";
        DELETE "/secrets/{name}" Admin secrets::remove, "" => "", "Removes a secret";
        GET "/secrets/{name}/versions" Viewer secrets::versions, "" => "SecretVersionView[]", "Shows who has set a secret, and when";
        GET "/secrets/{name}/uses" Viewer secrets::uses, "" => "SecretUseView[]", "Lists the workflows and channels that use a secret";
        GET "/settings" Viewer settings::show, "" => "SettingsView", "Shows what holds for the whole installation";
        PATCH "/settings" Admin settings::change, "PatchSettings" => "SettingsView", "Changes what holds for the whole installation";
    });
}

fn tokens(table: &mut Table) {
    routes!(table Workflows {
        GET "/tokens" Viewer tokens::list, "" => "TokenView[]", "Lists tokens";
        POST "/tokens" Viewer tokens::create, "CreateToken" => "CreatedToken", "Makes a token";
        POST "/tokens/{id}/rotate" Viewer tokens::rotate, "RotateToken" => "RotatedToken", "Gives a token a new secret";
        DELETE "/tokens/{id}" Viewer tokens::revoke, "" => "", "Revokes a token";
    });
}

fn fleet(table: &mut Table) {
    routes!(table Installation {
        POST "/workers/enroll-tokens" Admin enroll_tokens::issue, "IssueEnrollToken" => "IssuedEnrollToken", "Issues an enrolment token";
        GET "/workers/enroll-tokens" Admin enroll_tokens::list, "" => "EnrollTokenView[]", "Lists enrolment tokens";
        DELETE "/workers/enroll-tokens/{id}" Admin enroll_tokens::revoke, "" => "", "Revokes an enrolment token";
        POST "/workers/enroll" Open workers::enroll, "Enroll" => "Enrolled", "Enrols a host with a one-shot token";
        POST "/workers/register" Worker workers::register, "WorkerAbout" => "Registered", "Registers an enrolled host again";
        POST "/workers/heartbeat" Worker workers::heartbeat, "SeedHeartbeat" => "object", "Takes a sign of life in the third seed's form";
        POST "/workers/{id}/ping" Worker workers::ping, "PingBody" => "object", "Takes a sign of life";
        POST "/workers/{id}/unregister" Worker workers::unregister, "" => "object", "Takes a goodbye";
        GET "/workers" Viewer workers::list, "" => "WorkerView[]", "Lists workers";
        GET "/workers/online" Viewer workers::online, "" => "WorkerView[]", "Lists workers that are online";
        GET "/workers/{id}" Viewer workers::show, "" => "WorkerView", "Shows a worker";
        GET "/workers/{id}/function-blocks" Viewer workers::function_blocks, "" => "object[]", "Lists what a worker offers by name";
        GET "/workers/{id}/jobs" Viewer jobs::of_worker, "" => "JobView[]", "Lists a worker's jobs";
        GET "/workers/{id}/logs" Operator workers::logs, "" => "WorkerLog", "Shows what a worker's agent has logged of itself";
        POST "/workers/{id}/drain" Operator workers::drain, "DrainWorker" => "WorkerView", "Lets a worker finish and start nothing more";
        POST "/workers/{id}/credential" Worker workers::credential, "" => "FreshCredential", "Gives a worker the next generation of its credential";
        POST "/workers/{id}/rotate-credential" Admin workers::rotate_credential, "" => "WorkerView", "Asks a worker for a new credential";
        POST "/workers/{id}/restart" Operator workers::restart, "RestartWorker" => "WorkerView", "Lets a worker's agent start anew";
        POST "/workers/{id}/resume" Operator workers::resume, "" => "WorkerView", "Lets a worker start jobs again";
        POST "/workers/{id}/command" Admin executions::command, "RunCommand" => "CommandAccepted", "Runs one command on a worker";
        PATCH "/workers/{id}" Admin workers::patch, "PatchWorker" => "WorkerView", "Changes groups, labels, name or region";
        DELETE "/workers/{id}" Admin workers::remove, "" => "", "Removes a worker and revokes its credential";
        POST "/workers/cleanup" Admin workers::clean_up, "CleanUpWorkers" => "CleanedUp", "Deletes workers that have been offline for a day, or for as long as the body says";
        POST "/workers/cleanup-offline" Admin workers::clean_up_offline, "" => "CleanedUp", "Deletes workers that are offline";
        GET "/agent" Worker agent_ws::door::open, "" => "", "The agents' socket";
    });
}

fn documents(table: &mut Table) {
    routes!(table Workflows {
        GET "/workflows" Viewer workflows::list, "" => "WorkflowView[]", "Lists workflows";
        POST "/workflows" Admin workflows::create, "CreateWorkflow" => "WorkflowView", "Creates a workflow in the third seed's form";
        POST "/workflows/validate" Viewer workflows::validate, "document" => "ValidWorkflow", "Checks a document";
        GET "/workflows/{name}" Viewer workflows::show, "" => "WorkflowView", "Shows a workflow";
        PUT "/workflows/{name}" Admin workflows::apply, "document" => "AppliedWorkflow", "Makes a document the newest version";
        PATCH "/workflows/{name}" Admin workflows::rename, "RenameWorkflow" => "WorkflowView", "Gives a workflow another name";
        DELETE "/workflows/{name}" Admin workflows::delete, "" => "", "Deletes a workflow; its history stays";
        GET "/workflows/{name}/versions" Viewer workflows::versions, "" => "WorkflowVersionView[]", "Lists a workflow's versions";
        GET "/workflows/{name}/versions/{version}" Viewer workflows::version, "" => "WorkflowVersionView", "Shows a version";
        POST "/workflows/{name}/pause" Operator workflows::pause, "PauseWorkflow" => "WorkflowView", "Lets nothing of a workflow start";
        POST "/workflows/{name}/resume" Operator workflows::resume, "" => "WorkflowView", "Lets a paused workflow start again";
        POST "/workflows/{name}/plan" Viewer workflows::plan, "PlanWorkflow" => "PlanView", "Shows what a run would do";
    });
}

fn triggers(table: &mut Table) {
    routes!(table Installation {
        GET "/schedules" Viewer schedules::list, "" => "ScheduleView[]", "Lists schedules";
        POST "/schedules" Operator schedules::create, "ScheduleSpec" => "ScheduleView", "Makes a schedule";
        GET "/schedules/{name}" Viewer schedules::show, "" => "ScheduleView", "Shows a schedule, and what came of its newest moments";
        PUT "/schedules/{name}" Operator schedules::apply, "ScheduleSpec" => "ScheduleView", "Has a schedule be like this";
        DELETE "/schedules/{name}" Operator schedules::remove, "" => "", "Removes a schedule that a person has made";
        POST "/schedules/{name}/pause" Operator schedules::pause, "" => "ScheduleView", "Lets a schedule start nothing";
        POST "/schedules/{name}/resume" Operator schedules::resume, "" => "ScheduleView", "Lets a schedule start again, with the caller's rights";
        POST "/schedules/{name}/trigger" Operator schedules::trigger, "" => "ScheduleView", "Starts what a schedule starts, now";
    });
    routes!(table Workflows {
        GET "/sensors" Viewer sensors::list, "" => "SensorView[]", "Lists sensors";
        GET "/sensors/{name}" Viewer sensors::show, "" => "SensorView", "Shows a sensor, and what came of its newest deliveries";
        GET "/sensors/{name}/deliveries" Viewer sensors::deliveries, "" => "DeliveryView[]", "Lists what came of the deliveries to a sensor";
        POST "/sensors/{name}/pause" Operator sensors::pause, "" => "SensorView", "Lets a sensor start nothing";
        POST "/sensors/{name}/resume" Operator sensors::resume, "" => "SensorView", "Lets a sensor start again";
        POST "/hooks/{workflow}" Open sensors::deliver, "delivery" => "HookAnswer", "Takes a signed delivery, and starts what it starts";
        POST "/hooks/{workflow}/{name}" Open sensors::deliver_to, "delivery" => "HookAnswer", "Takes a signed delivery to a webhook that has a name";
    });
}

fn channels(table: &mut Table) {
    routes!(table Installation {
        GET "/notifications" Viewer notifications::list, "" => "NotificationView[]", "Lists what channels were to be told, newest first";
        GET "/notifications/channels" Viewer notifications::channels, "" => "ChannelView[]", "Lists channels";
        GET "/notifications/channels/{name}" Viewer notifications::channel, "" => "ChannelView", "Shows a channel";
        PUT "/notifications/channels/{name}" Admin notifications::put, "ChannelSpec" => "ChannelView", "Has a channel be like this";
        DELETE "/notifications/channels/{name}" Admin notifications::remove, "" => "", "Removes a channel";
        POST "/notifications/channels/{name}/test" Admin notifications::test, "" => "NotificationView", "Tells a channel something, and says what came of it";
    });
}

fn watched(table: &mut Table) {
    routes!(table Installation {
        GET "/monitors" Viewer monitors::list, "" => "MonitorView[]", "Lists monitors";
        POST "/monitors" Operator monitors::create, "MonitorSpec" => "MonitorView", "Makes a monitor";
        POST "/monitors/test" Operator monitors::test, "MonitorTest" => "CheckView", "Has a worker look once, and says what it saw";
        GET "/monitors/{name}" Viewer monitors::show, "" => "MonitorView", "Shows a monitor, and what each region finds";
        PUT "/monitors/{name}" Operator monitors::put, "MonitorSpec" => "MonitorView", "Has a monitor be like this";
        DELETE "/monitors/{name}" Operator monitors::remove, "" => "", "Removes a monitor; its incidents stay";
        POST "/monitors/{name}/pause" Operator monitors::pause, "" => "MonitorView", "Lets nobody look at a monitor";
        POST "/monitors/{name}/resume" Operator monitors::resume, "" => "MonitorView", "Lets a paused monitor be looked at again";
        POST "/monitors/{name}/check" Operator monitors::check, "" => "MonitorView", "Has every region of a monitor look now; `unknown` is a region that saw nothing now, whatever it found before";
        POST "/monitors/{name}/beat" Operator monitors::beat, "" => "", "Takes a sign of what reports by itself";
        GET "/monitors/{name}/checks" Viewer monitors::checks, "" => "CheckView[]", "Lists looks at a monitor, newest first";
        GET "/monitors/{name}/incidents" Viewer monitors::incidents_of, "" => "IncidentView[]", "Lists the incidents of a monitor, newest first";
        GET "/monitors/{name}/uptime" Viewer monitors::uptime, "" => "UptimeView", "Shows how much of a time a monitor was up";
        GET "/incidents" Viewer monitors::incidents, "" => "IncidentView[]", "Lists incidents, newest first";
        GET "/maintenances" Viewer maintenances::list, "" => "MaintenanceView[]", "Lists maintenances, newest first";
        POST "/maintenances" Operator maintenances::create, "MaintenanceSpec" => "MaintenanceView", "Has nobody be told for a time that monitors are down";
        DELETE "/maintenances/{number}" Operator maintenances::remove, "" => "", "Ends a maintenance, or lets it not begin";
    });
}

fn runs(table: &mut Table) {
    routes!(table Workflows {
        POST "/executions" Operator executions::start, "StartExecution" => "ExecutionView", "Starts an execution";
        GET "/executions" Viewer executions::list, "" => "ExecutionSummary[]", "Lists executions, newest first";
        GET "/executions/{id}" Viewer executions::show, "" => "ExecutionView", "Shows an execution";
        POST "/executions/prune" Admin executions::prune, "PruneExecutions" => "PrunedExecutions", "Removes executions that ended long ago";
        POST "/executions/{id}/respond" Approver prompts::respond, "Respond" => "PromptView", "Answers the prompt of an execution";
        POST "/executions/{id}/cancel" Operator executions::cancel, "CancelExecution" => "ExecutionView", "Ends an execution early";
        POST "/executions/{id}/pause" Operator executions::pause, "" => "ExecutionView", "Lets nothing new begin in an execution";
        POST "/executions/{id}/resume" Operator executions::resume, "" => "ExecutionView", "Lets a paused execution go on";
        POST "/executions/{id}/undo" Operator executions::undo, "UndoExecution" => "ExecutionView", "Brings back what an execution has rolled out";
        POST "/executions/{id}/retry" Operator executions::retry, "RetryExecution" => "ExecutionView", "Runs an execution again";
        GET "/executions/{id}/logs" Viewer executions::logs, "" => "Entry[]", "Shows what the jobs wrote";
        GET "/executions/{id}/events" Viewer executions::events, "" => "Entry", "Follows an execution's timeline (SSE)";
        GET "/jobs/{id}" Viewer jobs::show, "" => "JobView", "Shows a job";
        GET "/jobs/{id}/output" Viewer jobs::output, "" => "bytes", "What a job wrote, byte for byte";
        GET "/prompts" Viewer prompts::list, "" => "PromptView[]", "Lists prompts";
        GET "/prompts/{id}" Viewer prompts::show, "" => "PromptView", "Shows a prompt";
        POST "/prompts/{id}/delegate" Approver prompts::delegate, "DelegatePrompt" => "PromptView", "Asks somebody to answer a prompt";
        POST "/prompts/{id}/answer" Approver prompts::answer, "Respond" => "PromptView", "Answers a prompt";
    });
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};

    use super::*;

    #[test]
    fn no_route_is_there_twice() {
        let routes = table();
        let unique: HashSet<_> = routes.iter().map(|r| (r.method.clone(), r.path)).collect();

        assert_eq!(unique.len(), routes.len());
    }

    #[test]
    fn a_route_names_a_body_exactly_where_its_handler_reads_one() {
        let wrong: Vec<_> = table()
            .iter()
            .filter(|route| route.body.is_empty() != route.told.body.is_none())
            .map(|route| (route.method.clone(), route.path))
            .collect();

        assert_eq!(wrong, []);
    }

    #[test]
    fn a_token_for_some_workflows_changes_nothing_but_these() {
        let changed: BTreeSet<_> = table()
            .iter()
            .filter(|r| r.about == About::Workflows && r.method != Method::GET)
            .map(|r| r.path.split('/').nth(1).unwrap_or_default())
            .collect();

        assert_eq!(
            changed.into_iter().collect::<Vec<_>>(),
            [
                "executions",
                "hooks",
                "prompts",
                "sensors",
                "tokens",
                "workflows"
            ]
        );
    }

    #[test]
    fn only_these_routes_are_open() {
        let open: Vec<_> = table()
            .iter()
            .filter(|r| r.access == Access::Open)
            .map(|r| r.path)
            .collect();

        assert_eq!(
            open,
            [
                "/health",
                "/openapi.json",
                "/docs",
                "/workers/enroll",
                "/hooks/{workflow}",
                "/hooks/{workflow}/{name}"
            ]
        );
    }
}
