package dev.gantry.client.shell.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;

final class OldKeyFormTest {
    @Test
    void tlsCanSignWithAKeyThatIsInTheFormOfKubeadm() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();

        PrivateKey read = Pem.privateKey(oldForm(pair).getBytes(US_ASCII));

        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(read);
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(pair.getPublic());
        signature.update((byte) 1);
        assertThat(signature.verify(signed)).isTrue();
    }

    private static String oldForm(KeyPair pair) throws Exception {
        DERBitString point =
                (DERBitString)
                        SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded())
                                .getPublicKeyData();
        byte[] key =
                new org.bouncycastle.asn1.sec.ECPrivateKey(
                                256,
                                ((ECPrivateKey) pair.getPrivate()).getS(),
                                point,
                                SECObjectIdentifiers.secp256r1)
                        .getEncoded();
        var text = new StringWriter().append("-----BEGIN EC PRIVATE KEY-----\n");
        text.append(Base64.getMimeEncoder().encodeToString(key));
        return text.append("\n-----END EC PRIVATE KEY-----\n").toString();
    }
}
