package dev.gantry.state.shell;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.bootstrap.ClusterPlan;
import dev.gantry.state.bootstrap.WantedObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Once after each start: makes the objects that must exist, through the API like everybody else. An
 * object that is as wanted is not written.
 */
final class FirstObjects implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FirstObjects.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final String PROBE = "/api/v1/namespaces/default";
    private static final Caller SELF = Caller.system("apiserver");

    private final Readiness readiness;
    private final ApiBackend backend;
    private final List<WantedObject> objects;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Loop loop = new Loop("state-first-objects", this::run);

    /** Waits for the state; false where the limit passed first. */
    interface Readiness {
        boolean await(Duration limit) throws InterruptedException;
    }

    FirstObjects(Readiness readiness, ApiBackend backend, List<WantedObject> objects) {
        this.readiness = readiness;
        this.backend = backend;
        this.objects = objects;
    }

    /** Waits a while for the end of it. */
    FirstObjects start() {
        loop.start();
        try {
            if (!done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the state is not there after {}; still trying", PATIENCE);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return this;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        // The API opens a moment after the state is there.
        while (!readiness.await(STEP) || call("GET", PROBE, new byte[0]).code() == 503) {
            if (!loop.pause(MOMENT)) {
                return;
            }
        }
        // Before the namespace by which a cluster is known to be no new one.
        if (call("GET", PROBE, new byte[0]).code() == 404) {
            ClusterPlan.suggestions().forEach(this::ensure);
        }
        for (WantedObject wanted : objects) {
            ensure(wanted);
        }
        done.countDown();
    }

    private void ensure(WantedObject wanted) {
        ApiReply found = call("GET", wanted.path(), new byte[0]);
        if (found.code() == 404) {
            expect(201, call("POST", wanted.collection(), bytes(wanted.object())), wanted);
            return;
        }
        expect(200, found, wanted);
        ObjectNode stored = (ObjectNode) JsonMapper.shared().readTree(body(found));
        Optional<ObjectNode> completed = wanted.complete(new Resource(stored));
        if (completed.isPresent()) {
            expect(200, call("PUT", wanted.path(), bytes(completed.get())), wanted);
        }
    }

    private ApiReply call(String method, String path, byte[] body) {
        var headers = new TreeMap<String, String>();
        headers.put("accept", "application/json");
        headers.put("content-type", "application/json");
        headers.put("user-agent", "kube-apiserver");
        return backend.serve(
                new ApiCall(
                        method, path, "", Collections.unmodifiableSortedMap(headers), body, SELF));
    }

    private static void expect(int code, ApiReply reply, WantedObject wanted) {
        if (reply.code() != code) {
            throw new IllegalStateException(
                    "%s: expected %d, found %d %s"
                            .formatted(
                                    wanted.path(),
                                    code,
                                    reply.code(),
                                    new String(body(reply), StandardCharsets.UTF_8)));
        }
    }

    private static byte[] body(ApiReply reply) {
        return reply instanceof ApiReply.Whole whole ? whole.body() : new byte[0];
    }

    private static byte[] bytes(ObjectNode object) {
        return JsonMapper.shared().writeValueAsBytes(object);
    }
}
