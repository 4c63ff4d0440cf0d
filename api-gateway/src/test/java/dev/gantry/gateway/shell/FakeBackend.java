package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.gateway.shell.agent.OutsideRequests;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.FrameSource;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.refusal.StatusBody;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A state service of a few lines: objects by path, lists by prefix, one watch stream to feed. */
public final class FakeBackend implements ApiBackend {
    private static final JsonMapper JSON = JsonMapper.shared();

    public final Map<String, ObjectNode> objects = new ConcurrentSkipListMap<>();
    public final List<ApiCall> calls = new CopyOnWriteArrayList<>();
    public final LinkedBlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    public final CountDownLatch watchClosed = new CountDownLatch(1);

    /** While it is not at zero, no call is answered. */
    public volatile CountDownLatch pause = new CountDownLatch(0);

    /** The last call of a user: the gateway itself asks for this and that meanwhile. */
    public ApiCall lastOf(String user) {
        return callsOf(user).getLast();
    }

    public List<ApiCall> callsOf(String user) {
        return calls.stream().filter(each -> each.caller().user().equals(user)).toList();
    }

    public FakeBackend put(String path, String json) {
        objects.put(path, (ObjectNode) JSON.readTree(json));
        return this;
    }

    /** What is answered when a connection is to be made; by default, that it may be. */
    public volatile ApiReply connectAdmission = json(200, JSON.createObjectNode());

    /** Of every reply to a write. */
    public final Map<String, String> headers = new ConcurrentSkipListMap<>();

    /** Thrown for whoever asks for the path. */
    public final Map<String, Error> broken = new ConcurrentSkipListMap<>();

    private volatile @Nullable ApiBackend instead;

    /** From now on another one answers. */
    public void serving(ApiBackend other) {
        instead = other;
    }

    @Override
    public ApiReply serve(ApiCall call) {
        calls.add(call);
        ApiBackend other = instead;
        if (other != null) {
            return other.serve(call);
        }
        if (broken.containsKey(call.path())) {
            throw broken.get(call.path());
        }
        try {
            pause.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        if (Query.parse(call.query()).isSet("watch")) {
            return new ApiReply.Streaming(200, "application/json", new TreeMap<>(), stream());
        }
        ApiRequest asked = ApiRequest.parse(call.method(), call.path(), Query.EMPTY);
        if (OutsideRequests.isProxied(asked) || OutsideRequests.isConnect(asked)) {
            return connectAdmission;
        }
        return switch (call.method()) {
            case "GET", "HEAD" -> read(call);
            case "POST" -> withHeaders(write(call, 201));
            case "PUT", "PATCH" -> withHeaders(write(call, 200));
            default -> json(200, JSON.createObjectNode().put("kind", "Status"));
        };
    }

    private ApiReply read(ApiCall call) {
        ObjectNode found = objects.get(call.path());
        if (found != null) {
            return json(200, found);
        }
        String prefix = call.path() + "/";
        List<ObjectNode> under =
                objects.entrySet().stream()
                        .filter(each -> each.getKey().startsWith(prefix))
                        .map(Map.Entry::getValue)
                        .toList();
        boolean isList = ApiRequest.parse("GET", call.path(), Query.EMPTY).verb().equals("list");
        if (!isList) {
            String name = call.path().substring(call.path().lastIndexOf('/') + 1);
            Refusal missing = new Refusal.Missing(new GroupResource("", "pods"), name);
            return json(404, StatusBody.of(missing));
        }
        ObjectNode list = JSON.createObjectNode().put("kind", "List").put("apiVersion", "v1");
        list.putObject("metadata").put("resourceVersion", "1");
        list.putArray("items").addAll(under);
        return json(200, list);
    }

    private ApiReply withHeaders(ApiReply.Whole reply) {
        return new ApiReply.Whole(
                reply.code(), reply.contentType(), new TreeMap<>(headers), reply.body());
    }

    private ApiReply.Whole write(ApiCall call, int code) {
        ObjectNode body = (ObjectNode) JSON.readTree(call.body());
        String name = body.path("metadata").path("name").asString("");
        objects.put(code == 201 ? call.path() + "/" + name : call.path(), body);
        return json(code, body);
    }

    private FrameSource stream() {
        return new FrameSource() {
            private static final byte[] END = new byte[0];

            @Override
            public byte[] next() throws InterruptedException {
                byte[] frame = frames.take();
                return frame.length == 0 ? null : frame;
            }

            @Override
            public void close() {
                watchClosed.countDown();
                frames.add(END);
            }
        };
    }

    static ApiReply refusal(Refusal why) {
        return json(StatusBody.codeOf(why), StatusBody.of(why));
    }

    private static ApiReply.Whole json(int code, ObjectNode body) {
        return new ApiReply.Whole(
                code, "application/json", new TreeMap<>(), body.toString().getBytes(UTF_8));
    }
}
