package dev.gantry.state.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.log.InMemoryStateLog;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.registry.Target;
import dev.gantry.state.view.View;
import java.util.TreeMap;

/** Calls as they come in, about what a log holds. */
final class Calls {
    final StateLog log = new InMemoryStateLog();

    Call get(String path, String query) {
        return of("GET", path, query, "");
    }

    Call of(String method, String path, String query, String body) {
        Query parsed = Query.parse(query);
        ApiRequest request = ApiRequest.parse(method, path, parsed);
        Target target = accepted(Routing.target(request, BuiltinKinds.CATALOG));
        ApiCall raw =
                new ApiCall(
                        method,
                        path,
                        query,
                        new TreeMap<>(),
                        body.getBytes(UTF_8),
                        Caller.system("test"));
        return new Call(raw, request, parsed, BuiltinKinds.CATALOG, target, new View.Live(log));
    }

    static <T> T accepted(Judged<T> judged) {
        return switch (judged) {
            case Judged.Accepted(var value) -> value;
            case Judged.Refused(var why) -> throw new AssertionError(why.message());
        };
    }

    static <T> Refusal refused(Judged<T> judged) {
        return switch (judged) {
            case Judged.Accepted(var value) -> throw new AssertionError("accepted: " + value);
            case Judged.Refused(var why) -> why;
        };
    }
}
