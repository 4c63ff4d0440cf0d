package dev.gantry.gateway.shell.forward;

import dev.gantry.gateway.proxy.HtmlLinks;
import dev.gantry.gateway.proxy.Links;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.SynchronousSink;
import reactor.netty.ByteBufFlux;

/**
 * An HTML page on its way to the client, its links turned. Blocks, and is for virtual threads: the
 * sender of a page decides how much there is to unpack and to read in it.
 *
 * <p>Invariant: however small it is packed, only a few blocks of it are in memory at once.
 */
final class TurnedPage {
    private static final int BLOCK_BYTES = 8 << 10;
    private static final int AHEAD = 8;

    private final Stream<byte[]> arriving;
    private final Coding coding;
    private final HtmlLinks html;
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final byte[] block = new byte[BLOCK_BYTES];
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private boolean isOver;

    /** Compat: the content codings whose links upstream turns. */
    enum Coding {
        NONE,
        GZIP,
        DEFLATE
    }

    TurnedPage(ByteBufFlux body, Coding coding, Links links) {
        this.arriving = body.asByteArray().toStream(AHEAD);
        this.coding = coding;
        this.html = new HtmlLinks(links);
    }

    /** Empty where what comes is no HTML, or none that can be read. */
    static Optional<Coding> codingOf(HttpHeaders headers) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "").split(";", 2)[0].strip();
        if (!type.equals("text/html")) {
            return Optional.empty();
        }
        return switch (headers.get(HttpHeaderNames.CONTENT_ENCODING, "")) {
            case "" -> Optional.of(Coding.NONE);
            case "gzip" -> Optional.of(Coding.GZIP);
            case "deflate" -> Optional.of(Coding.DEFLATE);
            default -> Optional.empty();
        };
    }

    /** The next piece for the client. */
    void step(SynchronousSink<ByteBuf> sink) {
        try {
            while (packed.size() == 0 && !isOver) {
                turnBlock();
            }
        } catch (IOException broken) {
            sink.error(broken);
            return;
        }
        if (packed.size() == 0) {
            sink.complete();
            return;
        }
        sink.next(Unpooled.wrappedBuffer(packed.toByteArray()));
        packed.reset();
    }

    void close() {
        arriving.close();
    }

    private void turnBlock() throws IOException {
        if (in == null || out == null) {
            InputStream raw = new Arriving(arriving.iterator());
            in =
                    switch (coding) {
                        case NONE -> raw;
                        case GZIP -> new GZIPInputStream(raw, BLOCK_BYTES);
                        case DEFLATE -> new InflaterInputStream(raw);
                    };
            out =
                    switch (coding) {
                        case NONE -> packed;
                        case GZIP -> new GZIPOutputStream(packed, BLOCK_BYTES, true);
                        case DEFLATE -> new DeflaterOutputStream(packed, true);
                    };
        }
        int read = in.read(block);
        if (read < 0) {
            out.write(html.rest());
            out.close();
            isOver = true;
        } else {
            out.write(html.turned(Arrays.copyOf(block, read)));
        }
    }

    /** What has arrived, as a stream. */
    private static final class Arriving extends InputStream {
        private final Iterator<byte[]> pieces;
        private byte[] piece = {};
        private int at;

        Arriving(Iterator<byte[]> pieces) {
            this.pieces = pieces;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int from, int most) {
            while (at == piece.length) {
                if (!pieces.hasNext()) {
                    return -1;
                }
                piece = pieces.next();
                at = 0;
            }
            int count = Math.min(most, piece.length - at);
            System.arraycopy(piece, at, to, from, count);
            at += count;
            return count;
        }

        /** Zero, since more can only be found by waiting for it. */
        @Override
        public int available() {
            return piece.length - at;
        }
    }
}
