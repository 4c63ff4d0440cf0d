package dev.gantry.state.shell.api.reply;

import dev.gantry.model.exchange.FrameSource;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chunks that are there already, and more that are made as they are taken; it never waits. */
public final class ReadyFrames implements FrameSource {
    private final Iterator<byte[]> first;
    private final Iterator<byte[]> more;

    public ReadyFrames(List<byte[]> chunks) {
        this(chunks, Collections.emptyIterator());
    }

    ReadyFrames(List<byte[]> first, Iterator<byte[]> more) {
        this.first = first.iterator();
        this.more = more;
    }

    @Override
    public byte @Nullable [] next() {
        if (first.hasNext()) {
            return first.next();
        }
        return more.hasNext() ? more.next() : null;
    }

    @Override
    public void close() {}
}
