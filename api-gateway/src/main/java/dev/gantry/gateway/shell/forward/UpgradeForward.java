package dev.gantry.gateway.shell.forward;

import dev.gantry.gateway.node.Place;
import dev.gantry.gateway.shell.aggregation.ExtensionClients;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Unreachable;
import dev.gantry.gateway.shell.forward.UpgradeHandshake.Agreed;
import dev.gantry.gateway.shell.forward.UpgradeHandshake.Refused;
import dev.gantry.gateway.shell.reach.Backends;
import dev.gantry.gateway.shell.reach.Peer;
import dev.gantry.model.refusal.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Requests after which the connection speaks another protocol: WebSocket, SPDY or any other. The
 * backend is asked first, so that the client learns of a refusal as an answer and not as a broken
 * connection; once it has agreed, bytes are passed on as they are.
 *
 * <p>Compat: {@code tryUpgrade} of {@code util/proxy/upgradeaware.go}.
 */
final class UpgradeForward {
    private final Backends backends;
    private final ExtensionClients extensions;

    UpgradeForward(Backends backends, ExtensionClients extensions) {
        this.backends = backends;
        this.extensions = extensions;
    }

    /** To an extension server. */
    Publisher<Void> extension(
            Answer.Aggregated to, HttpServerRequest request, HttpServerResponse response) {
        Place.At place = to.place();
        FullHttpRequest asked = asked(place, request);
        ExtensionForward.identify(to, asked.headers());
        return opened(extensions.peer(place, to.trust()), asked, response)
                .otherwise(
                        refused ->
                                refused.isError()
                                        ? echo(refused, response)
                                        : ExtensionForward.complain(refused.invalid(), response),
                        fault ->
                                ExtensionForward.complain(
                                        Unreachable.dialing(place.authority(), fault), response));
    }

    /**
     * Into a pod, through its agent.
     *
     * @param complaint what is missing where the agent knows nothing of it; may be empty
     */
    Publisher<Void> connect(
            Place.At place,
            String complaint,
            HttpServerRequest request,
            HttpServerResponse response) {
        return opened(backends.peer(place), asked(place, request), response)
                .otherwise(
                        refused -> Refusals.write(unconnected(complaint, refused), response),
                        fault ->
                                Refusals.write(
                                        Unreachable.dialed(place.authority(), fault), response));
    }

    /** To the backend of a proxy. */
    Publisher<Void> proxy(Place.At place, HttpServerRequest request, HttpServerResponse response) {
        return opened(backends.peer(place), asked(place, request), response)
                .otherwise(
                        refused ->
                                refused.isError()
                                        ? echo(refused, response)
                                        : Refusals.write(
                                                new Refusal.Internal(refused.invalid()), response),
                        fault ->
                                Refusals.write(
                                        Unreachable.service(place.authority(), fault), response));
    }

    private static FullHttpRequest asked(Place.At place, HttpServerRequest request) {
        var asked =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        request.method(),
                        place.pathAndQuery(),
                        Unpooled.EMPTY_BUFFER);
        HttpHeaders headers = asked.headers();
        RequestHeaders.pass(request, headers);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        headers.set(
                HttpHeaderNames.UPGRADE, request.requestHeaders().getAll(HttpHeaderNames.UPGRADE));
        return asked;
    }

    private static Attempt opened(Peer peer, FullHttpRequest asked, HttpServerResponse response) {
        Channel[] near = new Channel[1];
        response.withConnection(connection -> near[0] = connection.channel());
        return new Attempt(UpgradeHandshake.ask(peer, asked, near[0]), near[0]);
    }

    /** A request for an upgrade on its way to the backend. */
    private record Attempt(Mono<UpgradeHandshake.Outcome> outcome, Channel near) {
        Mono<Void> otherwise(
                Function<Refused, Mono<Void>> refused, Function<Throwable, Mono<Void>> unreached) {
            return outcome.flatMap(
                            known ->
                                    switch (known) {
                                        case Agreed agreed -> Tunnel.join(near, agreed);
                                        case Refused no -> refused.apply(no);
                                    })
                    .onErrorResume(Exception.class, unreached);
        }
    }

    private static Mono<Void> echo(Refused refused, HttpServerResponse response) {
        ProxyForward.passHead(refused.head().status(), refused.head().headers(), response);
        response.responseHeaders().set(HttpHeaderNames.CONTENT_LENGTH, refused.body().length);
        return response.sendObject(Unpooled.wrappedBuffer(refused.body())).then();
    }

    private static Refusal unconnected(String complaint, Refused refused) {
        boolean isUnknown = refused.code() == 404 && !complaint.isEmpty();
        return new Refusal.Internal(
                "Internal error occurred: unable to upgrade connection: "
                        + (isUnknown ? complaint : refused.head().status()));
    }
}
