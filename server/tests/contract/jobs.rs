//! Outbox, jobs, notices.

use crate::support::World;
use async_trait::async_trait;
use server::jobs::outbox::{Event, emit};
use server::jobs::worker::Runner;
use server::jobs::{Handler, JobError, Worker};
use server::on;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::Barrier;

/// Fails a number of times, then works.
struct Flaky {
    calls: AtomicUsize,
    failures: usize,
    is_final: bool,
}

impl Flaky {
    fn new(failures: usize) -> Arc<Self> {
        Arc::new(Self { calls: AtomicUsize::new(0), failures, is_final: false })
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Handler for Flaky {
    fn kind(&self) -> &'static str {
        "test.flaky"
    }

    fn topics(&self) -> &'static [&'static str] {
        &["test.happened"]
    }

    async fn run(&self, subject: &str) -> Result<(), JobError> {
        assert_eq!(subject, "42");
        match self.calls.fetch_add(1, Ordering::Relaxed) {
            _ if self.is_final => Err(JobError::Never("no use".into())),
            call if call < self.failures => Err(JobError::Later("not yet".into())),
            _ => Ok(()),
        }
    }
}

/// Notes which subjects it ran, in which order; each takes the time that `pause` gives.
struct Noting {
    lane: &'static str,
    ran: Arc<Mutex<Vec<String>>>,
    pause: Box<dyn Fn() + Send + Sync>,
}

#[async_trait]
impl Handler for Noting {
    fn kind(&self) -> &'static str {
        self.lane
    }

    fn topics(&self) -> &'static [&'static str] {
        &["test.happened"]
    }

    async fn run(&self, subject: &str) -> Result<(), JobError> {
        tokio::task::yield_now().await;
        (self.pause)();
        self.ran.lock().unwrap().push(subject.to_owned());
        Ok(())
    }
}

/// Both jobs end only if they run at the same time.
struct Meeting {
    lane: &'static str,
    place: Arc<Barrier>,
}

#[async_trait]
impl Handler for Meeting {
    fn kind(&self) -> &'static str {
        self.lane
    }

    fn topics(&self) -> &'static [&'static str] {
        &["test.happened"]
    }

    async fn run(&self, _: &str) -> Result<(), JobError> {
        let met = tokio::time::timeout(std::time::Duration::from_secs(5), self.place.wait()).await;
        met.map(drop).map_err(|_| JobError::Never("nobody came".into()))
    }
}

/// Does all at once unless one of them is `7`, which never works.
struct Together {
    calls: Arc<Mutex<Vec<usize>>>,
}

#[async_trait]
impl Handler for Together {
    fn kind(&self) -> &'static str {
        "test.together"
    }

    fn topics(&self) -> &'static [&'static str] {
        &["test.happened"]
    }

    async fn run(&self, subject: &str) -> Result<(), JobError> {
        self.calls.lock().unwrap().push(1);
        if subject == "7" { Err(JobError::Never("seven".into())) } else { Ok(()) }
    }

    async fn run_together(&self, subjects: &[&str]) -> Option<Result<(), JobError>> {
        if subjects.contains(&"7") {
            return Some(Err(JobError::Later("seven is among them".into())));
        }
        self.calls.lock().unwrap().push(subjects.len());
        Some(Ok(()))
    }
}

/// Forty events, a millisecond apart.
async fn happen_often(world: &World) -> Vec<String> {
    let subjects: Vec<String> = (0..40).map(|number| number.to_string()).collect();
    for subject in &subjects {
        world.parts.clock.advance(time::Duration::milliseconds(1));
        let mut tx = world.database.write().await.unwrap();
        let event = Event { topic: "test.happened", subject, payload: serde_json::json!({}) };
        emit(&mut tx, &world.platform, event).await.unwrap();
        tx.commit().await.unwrap();
    }
    subjects
}

async fn happen(world: &World, commit: bool) {
    let mut tx = world.database.write().await.unwrap();
    emit(
        &mut tx,
        &world.platform,
        Event { topic: "test.happened", subject: "42", payload: serde_json::json!({}) },
    )
    .await
    .unwrap();
    if commit {
        tx.commit().await.unwrap();
    }
}

fn runner(world: &World, handler: &Arc<Flaky>) -> Runner {
    Runner {
        database: world.database.clone(),
        platform: world.platform.clone(),
        handlers: vec![handler.clone()],
    }
}

async fn count(world: &World, status: &str) -> i64 {
    let mut conn = world.database.read_latest().await.unwrap();
    on!(conn, jobs::count_jobs(status)).unwrap()
}

on_both! {
    async fn an_event_of_an_undone_transaction_never_happened(world) {
        let handler = Flaky::new(0);
        happen(&world, false).await;
        runner(&world, &handler).run_until_idle().await.unwrap();
        assert_eq!(handler.calls(), 0);
    }

    async fn an_event_runs_its_job_once(world) {
        let handler = Flaky::new(0);
        happen(&world, true).await;
        runner(&world, &handler).run_until_idle().await.unwrap();
        runner(&world, &handler).run_until_idle().await.unwrap();
        assert_eq!((handler.calls(), count(&world, "done").await), (1, 1));
    }

    async fn a_failing_job_waits_longer_each_time_and_then_works(world) {
        let handler = Flaky::new(2);
        happen(&world, true).await;
        let runner = runner(&world, &handler);
        for (wait, calls) in [(0, 1), (4, 1), (1, 2), (9, 2), (1, 3)] {
            world.parts.clock.advance(time::Duration::seconds(wait));
            runner.run_until_idle().await.unwrap();
            assert_eq!(handler.calls(), calls);
        }
        assert_eq!(count(&world, "done").await, 1);
    }

    async fn waiting_events_are_counted_until_they_are_dispatched(world) {
        happen(&world, true).await;
        let waiting = async || {
            let mut conn = world.database.read_latest().await.unwrap();
            on!(conn, jobs::count_waiting_events()).unwrap()
        };
        assert_eq!(waiting().await, 1);
        runner(&world, &Flaky::new(0)).run_until_idle().await.unwrap();
        assert_eq!(waiting().await, 0);
    }

    async fn a_job_that_cannot_work_is_given_up_and_shown(world) {
        let handler = Arc::new(Flaky { calls: AtomicUsize::new(0), failures: 0, is_final: true });
        happen(&world, true).await;
        runner(&world, &handler).run_until_idle().await.unwrap();
        let report = server::check::run(&world.database).await.unwrap();
        assert!(report.to_string().contains("job test.flaky was given up: no use"), "{report}");
    }

    async fn a_job_of_a_crashed_worker_is_taken_over_after_its_lease(world) {
        happen(&world, true).await;
        let handler = Flaky::new(0);
        let now = server::db::time::to_micros(world.platform.clock.now());
        let id = world.platform.entropy.uuid_v7(world.platform.clock.now());
        let job = server::jobs::row::NewJob { id, kind: "test.flaky", dedupe_key: "x".into(), payload: serde_json::json!({"subject": "42"}), run_at: now };
        let mut tx = world.database.write().await.unwrap();
        assert_eq!(on!(tx, jobs::insert_jobs(std::slice::from_ref(&job), now)).unwrap(), 1);
        assert_eq!(on!(tx, jobs::insert_jobs(&[job], now)).unwrap(), 0, "one key is one job");
        let event = on!(tx, dialect::waiting_events(10)).unwrap()[0].id;
        on!(tx, jobs::mark_dispatched(&[event], now)).unwrap();
        let lease = server::db::time::to_micros(world.platform.clock.now() + time::Duration::minutes(2));
        assert_eq!(on!(tx, dialect::claim_jobs(10, now, lease)).unwrap().len(), 1);
        assert_eq!(on!(tx, dialect::claim_jobs(10, now, lease)).unwrap().len(), 0);
        tx.commit().await.unwrap();
        runner(&world, &handler).run_until_idle().await.unwrap();
        assert_eq!(handler.calls(), 0);
        world.parts.clock.advance(time::Duration::minutes(3));
        runner(&world, &handler).run_until_idle().await.unwrap();
        assert_eq!(handler.calls(), 1);
    }

    async fn parallel_workers_run_each_job_once(world) {
        let handler = Flaky::new(0);
        for _ in 0..20 {
            happen(&world, true).await;
        }
        let tasks: Vec<_> = (0..4).map(|_| {
            let runner = runner(&world, &handler);
            tokio::spawn(async move { runner.run_until_idle().await })
        }).collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        assert_eq!((handler.calls(), count(&world, "done").await), (20, 20));
    }

    async fn jobs_of_one_lane_run_in_the_order_of_their_events(world) {
        let ran = Arc::new(Mutex::new(Vec::new()));
        let handler = Noting { lane: "test.noting", ran: ran.clone(), pause: Box::new(|| {}) };
        let subjects = happen_often(&world).await;
        let (database, platform) = (world.database.clone(), world.platform.clone());
        Runner { database, platform, handlers: vec![Arc::new(handler)] }.run_until_idle().await.unwrap();
        assert_eq!(*ran.lock().unwrap(), subjects);
    }

    async fn lanes_run_beside_each_other(world) {
        let place = Arc::new(Barrier::new(2));
        let handlers: Vec<Arc<dyn Handler>> =
            ["test.left", "test.right"].map(|lane| Arc::new(Meeting { lane, place: place.clone() }) as _).into();
        happen(&world, true).await;
        let (database, platform) = (world.database.clone(), world.platform.clone());
        Runner { database, platform, handlers }.run_until_idle().await.unwrap();
        assert_eq!((count(&world, "done").await, count(&world, "dead").await), (2, 0));
    }

    async fn a_slow_lane_gives_back_what_it_has_not_begun(world) {
        let (ran, clock) = (Arc::new(Mutex::new(Vec::new())), world.parts.clock.clone());
        let pause = Box::new(move || clock.advance(time::Duration::seconds(40)));
        let handler = Noting { lane: "test.slow", ran: ran.clone(), pause };
        let subjects = happen_often(&world).await;
        let (database, platform) = (world.database.clone(), world.platform.clone());
        let runner = Runner { database, platform, handlers: vec![Arc::new(handler)] };
        assert!(runner.step(&|| false).await.unwrap());
        let begun = ran.lock().unwrap().len();
        assert_eq!((begun, count(&world, "done").await), (2, 2), "a minute is for two");
        let mut tx = world.database.write().await.unwrap();
        let now = server::db::time::to_micros(world.platform.clock.now());
        let tries = on!(tx, dialect::claim_jobs(100, now, now)).unwrap();
        assert!(tries.len() == 38 && tries.iter().all(|job| job.attempts == 1), "nobody holds them, nothing was counted");
        // Undoing it would end after this, on PostgreSQL: until then they would be held.
        tx.commit().await.unwrap();
        runner.run_until_idle().await.unwrap();
        assert_eq!(*ran.lock().unwrap(), subjects);
    }

    async fn jobs_that_are_done_together_are_tried_alone_when_one_cannot_be_done(world) {
        let calls = Arc::new(Mutex::new(Vec::new()));
        happen_often(&world).await;
        let (database, platform) = (world.database.clone(), world.platform.clone());
        let handler = Arc::new(Together { calls: calls.clone() });
        Runner { database, platform, handlers: vec![handler] }.run_until_idle().await.unwrap();
        let calls = calls.lock().unwrap().clone();
        assert_eq!(calls, [vec![1; 32], vec![8]].concat(), "0 to 31 hold a seven, 32 to 39 do not");
        assert_eq!((count(&world, "done").await, count(&world, "dead").await), (39, 1));
    }

    async fn a_stop_begins_no_job_and_the_next_start_does(world) {
        let handler = Flaky::new(0);
        happen(&world, true).await;
        let runner = runner(&world, &handler);
        assert!(runner.step(&|| true).await.unwrap(), "the event is dispatched");
        assert!(!runner.step(&|| true).await.unwrap(), "that is all");
        assert_eq!((handler.calls(), count(&world, "ready").await), (0, 1));
        runner.run_until_idle().await.unwrap();
        assert_eq!((handler.calls(), count(&world, "done").await), (1, 1));
    }

    async fn finished_work_is_swept_after_a_month(world) {
        let handler = Flaky::new(0);
        happen(&world, true).await;
        let runner = runner(&world, &handler);
        runner.run_until_idle().await.unwrap();
        assert_eq!(runner.sweep().await.unwrap(), 0);
        world.parts.clock.advance(time::Duration::days(31));
        assert_eq!(runner.sweep().await.unwrap(), 2);
    }

    async fn the_worker_hears_of_an_event_and_stops_when_told(world) {
        let handler = Flaky::new(0);
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let worker = Worker::start_with(world.database.clone(), world.platform.clone(), vec![handler.clone()], stopped);
        happen(&world, true).await;
        for _ in 0..100 {
            if count(&world, "done").await == 1 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(handler.calls(), 1);
        assert!(worker.is_alive(world.platform.clock.now()));
        stop.send(true).unwrap();
        tokio::time::timeout(std::time::Duration::from_secs(5), worker.join()).await.unwrap();
    }
}

#[tokio::test]
async fn another_node_hears_of_an_event_on_postgresql() {
    let world = World::new(crate::support::Backend::Postgres).await;
    let other = server::db::Database::open(&world.url, &[]).await.unwrap();
    let mut notices = other.bus().subscribe();
    let pool = other.listen_pool().unwrap().clone();
    let bus = other.bus().clone();
    let relay = tokio::spawn(async move { bus.relay(&pool).await });
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    happen(&world, true).await;
    let heard = async {
        loop {
            // Other tests share the channel of this database server.
            if notices.recv().await.unwrap().topic == "test.happened" {
                break;
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(5), heard).await.unwrap();
    relay.abort();
}
