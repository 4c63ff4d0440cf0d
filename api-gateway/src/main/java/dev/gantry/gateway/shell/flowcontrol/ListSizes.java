package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.gateway.flowcontrol.ListWidth;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.FrameSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How many bytes lists were answered with, so that the next ones are known for what they cost. */
public final class ListSizes {
    /** Clients choose what they ask for: how many kinds of lists are told apart is bounded. */
    private static final int MOST_SHAPES = 2_000;

    private record Shape(
            String group,
            String plural,
            boolean isOfNamespace,
            boolean isPage,
            boolean isSelection) {}

    private final Map<Shape, Long> bytes = new ConcurrentHashMap<>();

    /** How many seats a request takes. */
    public int widthOf(Incoming incoming, int widest) {
        return isList(incoming) ? ListWidth.of(last(incoming), widest) : 1;
    }

    /** The reply as it is, but for being measured where it is a list. */
    public ApiReply measured(ApiReply reply, Incoming incoming) {
        if (reply.code() != 200 || !incoming.api().verb().equals("list")) {
            return reply;
        }
        return switch (reply) {
            case ApiReply.Whole whole -> {
                note(incoming, whole.body().length);
                yield whole;
            }
            case ApiReply.Streaming(var code, var type, var headers, var frames) ->
                    new ApiReply.Streaming(code, type, headers, measured(frames, incoming));
        };
    }

    /** The frames as they are, but for being measured where they are of a list. */
    public FrameSource measured(FrameSource frames, Incoming incoming) {
        return isList(incoming) && !isWatch(incoming) ? new Measured(frames, incoming) : frames;
    }

    private long last(Incoming incoming) {
        return bytes.getOrDefault(shapeOf(incoming), 0L);
    }

    /** What a list was answered with; nothing where it is none, or its length is not known. */
    public void note(Incoming incoming, long size) {
        if (size < 0 || !isList(incoming) || isWatch(incoming)) {
            return;
        }
        Shape shape = shapeOf(incoming);
        if (bytes.size() < MOST_SHAPES || bytes.containsKey(shape)) {
            bytes.put(shape, size);
        }
    }

    /** A watch that begins with what there is costs what a list does. */
    private static boolean isList(Incoming incoming) {
        return incoming.api().verb().equals("list")
                || isWatch(incoming) && incoming.query().isSet("sendInitialEvents");
    }

    private static boolean isWatch(Incoming incoming) {
        return incoming.api().verb().equals("watch");
    }

    private static Shape shapeOf(Incoming incoming) {
        boolean isSelection =
                !incoming.query().first("labelSelector").isEmpty()
                        || !incoming.query().first("fieldSelector").isEmpty();
        return new Shape(
                incoming.api().group(),
                incoming.api().plural(),
                !incoming.api().namespace().isEmpty(),
                !incoming.query().first("limit").isEmpty(),
                isSelection);
    }

    /** Pulled by one thread; one that was not taken to its end says nothing. */
    private final class Measured implements FrameSource {
        private final FrameSource frames;
        private final Incoming incoming;
        private long sum;

        Measured(FrameSource frames, Incoming incoming) {
            this.frames = frames;
            this.incoming = incoming;
        }

        @Override
        public byte @Nullable [] next() throws InterruptedException {
            byte[] frame = frames.next();
            if (frame == null) {
                note(incoming, sum);
            } else {
                sum += frame.length;
            }
            return frame;
        }

        @Override
        public void close() {
            frames.close();
        }
    }
}
