package dev.gantry.agent.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class CertificateRequestTest {
    private static final NodeSubject NODE = new NodeSubject("n1", List.of("192.0.2.1"));

    private final PublicKey key = key();

    @Test
    void isCalledTheSameForTheSameKeyAndAnotherForAnyOther() {
        String name = serving(NODE, key).name();
        assertThat(serving(NODE, key).name()).isEqualTo(name).matches("node-csr-[0-9a-f]{40}");
        assertThat(serving(NODE, key()).name()).isNotEqualTo(name);
        assertThat(serving(new NodeSubject("n1", List.of("192.0.2.2")), key).name())
                .as("with other addresses")
                .isNotEqualTo(name);
        assertThat(client(Optional.empty()).name()).isNotEqualTo(name);
    }

    @Test
    void asksForWhatTheKubeletAsksFor() {
        Resource asked = client(Optional.of(Duration.ofMinutes(10))).object("pem");
        assertThat(asked.tree())
                .isEqualTo(
                        tree(
                                """
                                {'apiVersion':'certificates.k8s.io/v1',
                                 'kind':'CertificateSigningRequest',
                                 'metadata':{'name':'%s'},
                                 'spec':{
                                  'signerName':'kubernetes.io/kube-apiserver-client-kubelet',
                                  'request':'cGVt','usages':['digital signature','client auth'],
                                  'expirationSeconds':600}}
                                """
                                        .formatted(asked.name())));
        assertThat(client(Optional.empty()).object("pem").spec().has("expirationSeconds"))
                .isFalse();
    }

    @Test
    void anAnswerIsACertificateARefusalOrNothingYet() {
        assertThat(answer("{}")).isEqualTo(new SigningAnswer.Waiting("x"));
        assertThat(answer("{'conditions':[{'type':'Approved','status':'True'}]}"))
                .isEqualTo(new SigningAnswer.Waiting("x"));
        String certificate =
                Base64.getEncoder().encodeToString("pem".getBytes(StandardCharsets.US_ASCII));
        assertThat(answer("{'certificate':'%s'}".formatted(certificate)))
                .isEqualTo(new SigningAnswer.Issued("pem"));
        assertThat(
                        answer(
                                "{'conditions':[{'type':'Denied','status':'True','reason':'No',"
                                        + "'message':'not this one'}]}"))
                .isEqualTo(
                        new SigningAnswer.Refused(
                                "certificate signing request x is denied, reason: No, message: not"
                                        + " this one"));
    }

    private CertificateRequest client(Optional<Duration> life) {
        return new CertificateRequest(NodeCertificate.CLIENT, NODE, key, life);
    }

    private static CertificateRequest serving(NodeSubject node, PublicKey key) {
        return new CertificateRequest(NodeCertificate.SERVING, node, key, Optional.empty());
    }

    private static SigningAnswer answer(String status) {
        return SigningAnswer.of(
                new Resource(tree("{'metadata':{'name':'x'},'status':%s}".formatted(status))));
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
    }

    private static PublicKey key() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();
        } catch (NoSuchAlgorithmException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
