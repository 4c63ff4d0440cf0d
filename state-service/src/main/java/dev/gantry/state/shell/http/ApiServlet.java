package dev.gantry.state.shell.http;

import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.FrameSource;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.TreeMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** Between HTTP and {@link ApiBackend}. */
final class ApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final String GATEWAY = "system:gantry:gateway";
    private static final int MAX_BODY_BYTES = 3 * 1024 * 1024;

    private final transient ApiBackend backend;

    ApiServlet(ApiBackend backend) {
        this.backend = backend;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!isGateway(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        // What makes proxies looks for its classes here, and Tomcat's own loader has none of ours.
        Thread.currentThread().setContextClassLoader(ApiServlet.class.getClassLoader());
        write(backend.serve(call(request)), request.getMethod().equals("HEAD"), response);
    }

    private static ApiCall call(HttpServletRequest request) throws IOException {
        var headers = new TreeMap<String, String>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(
                    name.toLowerCase(java.util.Locale.ROOT),
                    String.join(",", Collections.list(request.getHeaders(name))));
        }
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        // One byte more than the API takes, so that it is the API that refuses.
        byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        return new ApiCall(
                request.getMethod(),
                request.getPathInfo(),
                query,
                Collections.unmodifiableSortedMap(headers),
                body,
                RemoteCaller.of(request));
    }

    private static void write(ApiReply reply, boolean isHead, HttpServletResponse response)
            throws IOException {
        response.setStatus(reply.code());
        response.setContentType(reply.contentType());
        reply.forEachHeader(
                (name, value) -> {
                    boolean isForAudit = name.equals(ApiReply.AUDIT_ANNOTATIONS);
                    response.addHeader(name, isForAudit ? AuditHeader.of(value) : value);
                });
        switch (reply) {
            case ApiReply.Whole whole -> {
                response.setContentLength(whole.body().length);
                if (!isHead) {
                    response.getOutputStream().write(whole.body());
                }
            }
            case ApiReply.Streaming streaming -> {
                try (FrameSource frames = streaming.frames()) {
                    if (!isHead) {
                        stream(frames, response);
                    }
                }
            }
        }
    }

    private static void stream(FrameSource frames, HttpServletResponse response)
            throws IOException {
        ServletOutputStream out = response.getOutputStream();
        response.flushBuffer();
        try {
            byte[] frame = frames.next();
            while (frame != null) {
                out.write(frame);
                out.flush();
                frame = frames.next();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isGateway(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
                && chain.length > 0
                && GATEWAY.equals(commonName(chain[0]));
    }

    private static String commonName(X509Certificate certificate) {
        try {
            var name = new LdapName(certificate.getSubjectX500Principal().getName());
            return name.getRdns().stream()
                    .filter(each -> each.getType().equalsIgnoreCase("CN"))
                    .map(each -> String.valueOf(each.getValue()))
                    .findFirst()
                    .orElse("");
        } catch (InvalidNameException unreadable) {
            return "";
        }
    }
}
