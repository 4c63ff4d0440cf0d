package dev.gantry.agent.shell.certificate;

import dev.gantry.agent.certificate.CertificateRequest;
import dev.gantry.agent.certificate.NodeSubject;
import dev.gantry.client.shell.tls.Pem;
import java.io.IOException;
import java.security.KeyPair;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** PKCS #10 in PEM. */
final class SigningRequestText {
    private SigningRequestText() {}

    static String of(CertificateRequest request, KeyPair key) throws IOException {
        NodeSubject subject = request.subject();
        X500Name name =
                new X500NameBuilder(BCStyle.INSTANCE)
                        .addRDN(BCStyle.O, NodeSubject.ORGANIZATION)
                        .addRDN(BCStyle.CN, subject.commonName())
                        .build();
        var builder = new JcaPKCS10CertificationRequestBuilder(name, key.getPublic());
        List<String> names = subject.namesIn(request.certificate());
        if (!names.isEmpty()) {
            var extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.subjectAlternativeName, false, generalNames(names));
            builder.addAttribute(
                    PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
        }
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate());
            return Pem.write("CERTIFICATE REQUEST", builder.build(signer).getEncoded());
        } catch (OperatorCreationException unusable) {
            throw new IOException("cannot sign with the node's key", unusable);
        }
    }

    private static GeneralNames generalNames(List<String> names) {
        return new GeneralNames(
                names.stream().map(SigningRequestText::generalName).toArray(GeneralName[]::new));
    }

    private static GeneralName generalName(String name) {
        boolean isAddress = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
        return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }
}
