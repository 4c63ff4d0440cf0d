package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.shell.codec.CodecStream;
import dev.gantry.agent.stream.ChannelProtocol;
import dev.gantry.agent.stream.RequestHead;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 on one connection, one request after the other. Used by one thread. */
final class Exchange {
    private static final int MAX_BODY_BYTES = 65536;
    private static final String TEXT = "text/plain";

    private final Socket socket;
    private final CodecStream messages;
    private @Nullable HttpRequest request;
    private boolean isKeptAlive = true;

    /**
     * @param maxHeadBytes of a request's first line, and of all its headers
     */
    Exchange(Socket socket, InputStream in, OutputStream out, int maxHeadBytes) {
        this.socket = socket;
        var decoder =
                new HttpRequestDecoder(
                        new HttpDecoderConfig()
                                .setMaxInitialLineLength(maxHeadBytes)
                                .setMaxHeaderSize(maxHeadBytes));
        // What follows the head of a request may be in another protocol.
        decoder.setSingleDecode(true);
        this.messages = new CodecStream(in, out, decoder, new HttpResponseEncoder());
    }

    /** Whether another request may follow. */
    boolean isKeptAlive() {
        return isKeptAlive;
    }

    /** Empty where the client has left, or is not understood. */
    Optional<RequestHead> read() throws IOException {
        if (!(messages.read() instanceof HttpRequest next)) {
            return Optional.empty();
        }
        if (next.decoderResult().isFailure()) {
            refuse(next.decoderResult().cause());
            return Optional.empty();
        }
        Optional<RequestHead> head = Requests.head(next);
        if (head.isEmpty()) {
            refuse(new IOException("no path"));
            return Optional.empty();
        }
        skipBody(next);
        request = next;
        isKeptAlive = HttpUtil.isKeepAlive(next);
        return head;
    }

    /** Of the last request. */
    String method() {
        return request == null ? "" : request.method().name();
    }

    /** Of the last request; empty where it has none. */
    String header(String name) {
        return request == null ? "" : String.join(",", request.headers().getAll(name));
    }

    /** The header of the last request; empty where it has none. */
    String authorization() {
        return request == null ? "" : request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    }

    /** No request may follow the last one. */
    void endAfterReply() {
        isKeptAlive = false;
    }

    void reply(int code, String text) throws IOException {
        reply(code, TEXT, (text + "\n").getBytes(UTF_8));
    }

    void reply(int code, String type, byte[] body) throws IOException {
        var response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1,
                        HttpResponseStatus.valueOf(code),
                        Unpooled.wrappedBuffer(body));
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        send(response, type);
    }

    /**
     * Begins a body whose length is not known yet. It ends the connection with it, so that a client
     * that left is noticed by {@link #awaitClientLeaving} alone.
     */
    void beginBody() throws IOException {
        isKeptAlive = false;
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpUtil.setTransferEncodingChunked(response, true);
        send(response, TEXT);
    }

    /** A part of the body, which is sent at once. */
    void write(byte[] bytes) throws IOException {
        if (bytes.length > 0) {
            messages.write(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)));
        }
    }

    void endBody() throws IOException {
        messages.write(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** Blocks until the client closes the connection; to be called by a thread of its own. */
    void awaitClientLeaving() {
        try {
            socket.setSoTimeout(0);
            // What a client says while it is being answered has no meaning.
            messages.skipToEnd();
        } catch (IOException gone) {
            // Gone is what was waited for.
            return;
        }
    }

    /** Whether the last request asks for a WebSocket. */
    boolean isForWebSocket() {
        return request != null && Handshake.isForWebSocket(request);
    }

    /** In the form that the protocol's messages have. */
    WebSocket upgrade(ChannelProtocol protocol) throws IOException, Refused {
        return upgrade(
                protocol.wire(), protocol.isText() ? WebSocket.Form.TEXT : WebSocket.Form.BINARY);
    }

    /**
     * Answers the last request with a WebSocket.
     *
     * @param protocol empty where the client named none
     */
    WebSocket upgrade(String protocol, WebSocket.Form form) throws IOException, Refused {
        if (request == null) {
            throw new Refused(400, "a WebSocket is needed");
        }
        messages.write(Handshake.answerWebSocket(request, protocol));
        isKeptAlive = false;
        return WebSocket.over(messages, socket, form);
    }

    /** Whether the last request asks for SPDY. */
    boolean isForSpdy() {
        return request != null && Handshake.isForSpdy(request);
    }

    /**
     * Answers the last request with SPDY, of which nothing is understood here.
     *
     * @param protocol that is spoken inside; empty where the client named none
     */
    RawClient upgradeToSpdy(String protocol) throws IOException {
        messages.write(Handshake.answerSpdy(protocol));
        isKeptAlive = false;
        return SpdyClient.over(messages, socket);
    }

    private void send(HttpResponse response, String type) throws IOException {
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        if (!isKeptAlive) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        messages.write(response);
    }

    private void refuse(Throwable malformed) throws IOException {
        isKeptAlive = false;
        boolean isTooLong =
                malformed instanceof TooLongHttpLineException
                        || malformed instanceof TooLongHttpHeaderException;
        reply(
                isTooLong ? 431 : 400,
                isTooLong ? "the request is too long" : "the request is malformed");
    }

    /** No request has a body that means anything; a large one is not even read. */
    private void skipBody(HttpRequest next) throws IOException {
        if (HttpUtil.isTransferEncodingChunked(next)) {
            throw new SocketException("a chunked request body, where none is expected");
        }
        long length = HttpUtil.getContentLength(next, 0L);
        if (length > MAX_BODY_BYTES) {
            throw new SocketException("a request body of " + length + " bytes");
        }
        Object part = messages.read();
        while (part != null && !(part instanceof LastHttpContent)) {
            part = messages.read();
        }
    }
}
