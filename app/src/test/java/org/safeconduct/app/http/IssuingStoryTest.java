package org.safeconduct.app.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.safeconduct.core.pass.Offer;
import org.safeconduct.core.pass.PassGrant;
import org.safeconduct.core.pass.PendingPass;
import org.safeconduct.core.register.Bundles;
import org.safeconduct.core.register.Checkpoint;
import org.safeconduct.core.register.Register;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Hex;
import org.safeconduct.core.wire.Json;

/** From setting up an office to a pass in a wallet, over HTTP. */
class IssuingStoryTest {
    @TempDir
    Path folder;

    @Test
    void walletReadsTheRegisterRedeemsItsOfferAndGetsItsPasses() throws Exception {
        try (TestOffice office = new TestOffice(folder)) {
            Offer offer = office.enrol("ada", "bob").get("ada");
            Register register = readRegister(office);
            TestOffice.Wallet wallet = TestOffice.Wallet.create();
            String token = office.token(offer, wallet);
            List<Hash> epochs = office.epochs();
            PendingPass today = PendingPass.create(register, epochs.get(0), TestOffice.RANDOM);
            PendingPass tomorrow = PendingPass.create(register, epochs.get(1), TestOffice.RANDOM);
            HttpResponse<String> answer = office.credential(token, TestOffice.body(wallet, today, tomorrow));
            assertEquals(200, answer.statusCode(), answer.body());
            List<PassGrant> grants = grants(answer, epochs.get(0), epochs.get(1));
            assertEquals(List.of("staff"), grants.get(0).values());
            assertNotNull(today.receive(grants.get(0)));
            assertNotNull(tomorrow.receive(grants.get(1)));
        }
    }

    /** As a client does: checkpoint, index of its root, bundles, root (spec/register.md section 6). */
    private static Register readRegister(TestOffice office) throws Exception {
        Checkpoint checkpoint = Checkpoint.parse(office.get("/register/checkpoint").body().getBytes(StandardCharsets.UTF_8));
        byte[] index = office.get("/register/index/" + checkpoint.root().hex()).body().getBytes(StandardCharsets.UTF_8);
        List<byte[]> lines = new ArrayList<>();
        List<Hash> names = Bundles.parseIndex(index, checkpoint.size());
        for (int k = 0; k < names.size(); k++) {
            byte[] bundle = office.get("/register/bundle/" + names.get(k).hex()).body().getBytes(StandardCharsets.UTF_8);
            lines.addAll(Bundles.parse(bundle, names.get(k), k, checkpoint.size()));
        }
        Register register = Register.of(lines);
        checkpoint.verify(register);
        return register;
    }

    private static List<PassGrant> grants(HttpResponse<String> answer, Hash... epochs) throws Exception {
        List<PassGrant> grants = new ArrayList<>();
        List<Json> credentials = Json.parseLoosely(answer.body().getBytes(StandardCharsets.UTF_8), 1 << 20).members("credentials")
                .get("credentials").items(epochs.length, epochs.length);
        for (int i = 0; i < epochs.length; i++) {
            Map<String, Json> credential = credentials.get(i).members("credential").get("credential").members("entropy", "epoch", "signature", "values");
            assertEquals(epochs[i].hex(), credential.get("epoch").string());
            List<String> values = new ArrayList<>();
            for (Json value : credential.get("values").items(0, 8)) {
                values.add(value.string());
            }
            grants.add(PassGrant.parse(epochs[i], Hex.parse(credential.get("signature").string(), 80), Hex.parse(credential.get("entropy").string(), 32), values));
        }
        return grants;
    }
}
