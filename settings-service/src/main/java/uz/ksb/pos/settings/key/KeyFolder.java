package uz.ksb.pos.settings.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of key files: PKCS#8 and X.509 blocks as {@code openssl genpkey} and {@code openssl pkey -pubout} write them. */
record KeyFolder(Path path) {
    private static final String ENDING = ".pem";
    private static final int KEY_BITS = 256;
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    KeySet read() {
        if (!Files.isDirectory(path)) {
            return KeySet.of(List.of());
        }
        try (Stream<Path> files = Files.list(path)) {
            return KeySet.of(files.filter(file -> file.toString().endsWith(ENDING))
                    .map(KeyFolder::key)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a key. Of two processes that make the same one at once, the first wins for both. */
    void make(Purpose purpose, Instant signsFrom) {
        try {
            Files.createDirectories(path);
            Path file = Files.createTempFile(
                    path,
                    "new",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, pem(newPair()));
            try {
                Files.createLink(path.resolve(TokenKey.kid(purpose, signsFrom) + ENDING), file);
            } catch (FileAlreadyExistsException theOther) {
                return;
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TokenKey key(Path file) {
        try {
            String text = Files.readString(file);
            KeyFactory keys = KeyFactory.getInstance("EC");
            String name = file.getFileName().toString();
            KeyPair pair = new KeyPair(
                    keys.generatePublic(new X509EncodedKeySpec(block(text, "PUBLIC KEY"))),
                    keys.generatePrivate(new PKCS8EncodedKeySpec(block(text, "PRIVATE KEY"))));
            mustServe(pair);
            return TokenKey.of(name.substring(0, name.length() - ENDING.length()), pair.getPrivate(), (ECPublicKey)
                    pair.getPublic());
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IllegalStateException("not a key of this service: " + file.getFileName(), e);
        }
    }

    /** Or the first token would fail: of a key on another curve, or when its halves are of two keys. */
    private static void mustServe(KeyPair pair) throws GeneralSecurityException {
        if (((ECPublicKey) pair.getPublic()).getParams().getOrder().bitLength() != KEY_BITS) {
            throw new IllegalArgumentException("it is not on P-256");
        }
        byte[] text = {1, 2, 3};
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(pair.getPublic());
        signature.update(text);
        if (!signature.verify(signed)) {
            throw new IllegalArgumentException("its halves do not belong together");
        }
    }

    private static byte[] block(String text, String label) {
        Matcher block = Pattern.compile("-----BEGIN " + label + "-----([^-]+)-----END " + label + "-----")
                .matcher(text);
        if (!block.find()) {
            throw new IllegalArgumentException("no " + label + " block");
        }
        return Base64.getMimeDecoder().decode(block.group(1));
    }

    private static String pem(KeyPair pair) {
        return block("PRIVATE KEY", pair.getPrivate().getEncoded())
                + block("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private static String block(String label, byte[] encoded) {
        return "-----BEGIN " + label + "-----\n"
                + new String(LINES.encode(encoded), StandardCharsets.US_ASCII)
                + "\n-----END " + label + "-----\n";
    }

    private static KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
