package dev.gantry.gateway.shell.agent;

import dev.gantry.gateway.proxy.Reach;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.reach.Backends;
import dev.gantry.gateway.shell.state.StateClient;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.request.ApiRequest;
import java.util.Optional;

/** Everything that neither the gateway nor the state service answers. */
public final class OutsideRequests {
    private final AgentRequests agents;
    private final ProxyRequests proxies;
    private final ConnectAdmission admission;

    public OutsideRequests(StateClient state, ApiBackend backend, Backends backends, Reach reach) {
        this.admission = new ConnectAdmission(backend);
        this.agents = new AgentRequests(state, backends);
        this.proxies = new ProxyRequests(state, reach);
    }

    /** Whether the body is passed on as a stream, however long it is. */
    public static boolean isProxied(ApiRequest api) {
        boolean isLive = api.isResource() && api.group().isEmpty() && api.view().isEmpty();
        if (!isLive || !(api.subresource() + "/").startsWith("proxy/")) {
            return false;
        }
        return switch (api.plural()) {
            case "pods", "services", "nodes" -> true;
            default -> false;
        };
    }

    /**
     * Whether it opens a connection into a container. Compat: the methods of {@code rest.Connecter}
     * there; other methods on these paths are refused by the state service.
     */
    public static boolean isConnect(ApiRequest api) {
        boolean opens = api.verb().equals("get") || api.verb().equals("create");
        return opens
                && isOfPod(api)
                && switch (api.subresource()) {
                    case "exec", "attach", "portforward" -> true;
                    default -> false;
                };
    }

    /** Empty where the request is not of this sort. */
    public Optional<Answer> answer(Incoming incoming, Caller caller) {
        ApiRequest api = incoming.api();
        if (isProxied(api) || isConnect(api)) {
            Optional<ApiReply> refusal = admission.refusal(incoming, caller);
            if (refusal.isPresent()) {
                return refusal.map(Answer.Reply::new);
            }
        }
        if (isProxied(api)) {
            return Optional.of(proxies.answer(incoming));
        }
        boolean isLog = isOfPod(api) && api.subresource().equals("log") && api.verb().equals("get");
        return isLog || isConnect(api) ? Optional.of(agents.answer(incoming)) : Optional.empty();
    }

    private static boolean isOfPod(ApiRequest api) {
        return api.isResource()
                && api.group().isEmpty()
                && api.view().isEmpty()
                && api.plural().equals("pods");
    }
}
