package dev.gantry.state.shell.aggregation;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.aggregation.Availability;
import dev.gantry.state.aggregation.CustomApiServices;
import dev.gantry.state.aggregation.ExtensionApi;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.discovery.RemoteVersion;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.shell.aggregation.ExtensionClient.Question;
import dev.gantry.state.shell.aggregation.ExtensionClient.Told;
import dev.gantry.state.shell.catalog.Dependencies;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Follows the APIServices: asks the servers that they lead to what they serve, keeps their
 * conditions, and makes and deletes those of custom resources. Of several replicas only the one
 * that leads gets a write through; each knows by itself what is served.
 *
 * <p>Cost: one thread, and a request to each extension server every ten seconds, two while one of
 * them does not answer.
 */
public final class ApiServices implements AutoCloseable {
    private static final GroupResource RESOURCE = Kinds.API_SERVICE.resource();
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final int STEPS_WELL = 10;
    private static final int STEPS_UNWELL = 2;

    /** Rounds. Cost: a description may have a megabyte. */
    private static final int DESCRIBED_EACH = 30;

    private final Dependencies dependencies;
    private final ExtensionClient client;
    private final InstantSource clock;
    private final Map<String, RemoteVersion> known = new HashMap<>();
    private final Loop loop = new Loop("state-api-services", this::run);
    private int round;

    public ApiServices(Dependencies dependencies, ExtensionClient client, InstantSource clock) {
        this.dependencies = dependencies;
        this.client = client;
        this.clock = clock;
    }

    public ApiServices start() {
        loop.start();
        return this;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        dependencies.awaitReady(loop);
        while (!loop.isClosed()) {
            StateLog.Snapshot snapshot = dependencies.log().list(RESOURCE, "");
            ResourceCatalog catalog = dependencies.catalog().get();
            List<Resource> stored = snapshot.objects().stream().map(StoredObject::decode).toList();
            if (dependencies.catalog().isComplete()) {
                register(catalog, stored);
            }
            await(snapshot, catalog, look(stored) ? STEPS_WELL : STEPS_UNWELL);
        }
    }

    /** Until an APIService or the catalogue has changed, or the steps are over. */
    private void await(StateLog.Snapshot seen, ResourceCatalog catalog, int steps)
            throws InterruptedException {
        boolean hasChanged = false;
        for (int i = 0; i < steps && !hasChanged && dependencies.catalog().get() == catalog; i++) {
            hasChanged = dependencies.awaitChange(RESOURCE, seen, STEP, loop);
        }
    }

    private void register(ResourceCatalog catalog, List<Resource> stored) {
        for (Resource each : CustomApiServices.missing(catalog.served(), stored)) {
            dependencies.instances().create(Kinds.API_SERVICE, each);
        }
        for (Resource each : CustomApiServices.superfluous(catalog.served(), stored)) {
            dependencies.instances().delete(Kinds.API_SERVICE, each.name());
        }
    }

    /** Returns whether all servers answered. */
    private boolean look(List<Resource> stored) throws InterruptedException {
        List<ExtensionApi> remote = new ArrayList<>();
        for (Resource each : stored) {
            Optional<ExtensionApi> found = ExtensionApi.of(each);
            found.ifPresent(remote::add);
            if (found.isEmpty()) {
                write(each, Availability.LOCAL);
            }
        }
        known.keySet().retainAll(remote.stream().map(ExtensionApi::name).toList());
        List<Told> told = ask(remote);
        boolean isAllWell = true;
        for (int i = 0; i < remote.size(); i++) {
            ExtensionApi api = remote.get(i);
            Optional<RemoteVersion> before = Optional.ofNullable(known.get(api.name()));
            Told now = told.get(i);
            known.put(api.name(), api.served(now.resources(), now.openApi(), before));
            isAllWell &= now.resources().isPresent();
        }
        // What is served is told before its condition says so.
        dependencies.catalog().putRemote(List.copyOf(new TreeMap<>(known).values()));
        for (int i = 0; i < remote.size(); i++) {
            write(remote.get(i).object(), told.get(i).condition());
        }
        return isAllWell;
    }

    /** All at once: one that does not answer keeps nobody else waiting. */
    private List<Told> ask(List<ExtensionApi> remote) throws InterruptedException {
        boolean isTime = round++ % DESCRIBED_EACH == 0;
        List<Callable<Told>> questions = new ArrayList<>();
        for (ExtensionApi each : remote) {
            RemoteVersion before = known.get(each.name());
            Question question =
                    isTime || before == null || !before.isCurrent()
                            ? Question.RESOURCES_AND_DESCRIPTIONS
                            : Question.RESOURCES;
            questions.add(() -> client.ask(each, question));
        }
        List<Told> told = new ArrayList<>();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Told> each : workers.invokeAll(questions)) {
                told.add(each.get());
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException("an extension server cannot be asked", failed);
        }
        return told;
    }

    private void write(Resource apiService, Conditions.Wanted condition) {
        Instant now = clock.instant();
        Availability.put(apiService, condition, now)
                .ifPresent(
                        changed -> dependencies.instances().putStatus(Kinds.API_SERVICE, changed));
    }
}
