package org.safeconduct.core.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.safeconduct.core.wire.Hash;
import org.safeconduct.core.wire.Utf8;
import org.safeconduct.crypto.MalformedException;

class OfferTest {
    private static final Hash OFFICE = Hash.sha256(Utf8.print("office"));
    private final Offer offer = Offer.create(OFFICE, new Seeded("offer"));

    @Test
    void anOfferComesBackHoweverAPersonTypesIt() throws Exception {
        String text = offer.text();
        assertTrue(text.matches("SCO1:([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}"), text);
        String digits = text.substring(5);
        for (String typed : new String[] {text, text.toLowerCase(Locale.ROOT), digits, digits.replace("-", " "),
                digits.replace("-", ""), digits.replace('0', 'o').replace('1', 'l'), digits.replace('1', 'I'), text + "\r\n"}) {
            assertEquals(offer, Offer.parse(typed), typed);
        }
    }

    @Test
    void manyOffersComeBackAndTheOfficeHashesWhatTheWalletSends() throws Exception {
        Seeded random = new Seeded("many");
        for (int i = 0; i < 1000; i++) {
            Offer made = Offer.create(OFFICE, random);
            assertEquals(made, Offer.parse(made.text()));
            assertTrue(made.isOf(OFFICE));
            assertEquals(made.hash(), Offer.hashOfSent(made.sent()));
        }
    }

    @Test
    void anOfferFindsItsOfficeByTheCheckCharacters() {
        int others = 0;
        for (int i = 0; i < 4096; i++) {
            others += offer.isOf(Hash.sha256(Utf8.print("office " + i))) ? 1 : 0;
        }
        assertTrue(others < 20, "one in 1,024 by chance");
        assertTrue(offer.isOf(OFFICE));
    }

    @Test
    void typingErrorsShowAlmostAlways() throws Exception {
        String text = offer.text();
        int unseen = 0;
        int tried = 0;
        for (int i = 5; i < text.length() - 1; i++) {
            String wrong = text.substring(0, i) + (text.charAt(i) == '7' ? '8' : '7') + text.substring(i + 1);
            if (text.charAt(i) != '-' && isOffer(wrong)) {
                tried++;
                unseen += Offer.parse(wrong).isOf(OFFICE) ? 1 : 0;
            }
        }
        assertTrue(tried > 20 && unseen == 0);
    }

    private static boolean isOffer(String text) {
        try {
            Offer.parse(text);
            return true;
        } catch (MalformedException e) {
            return false;
        }
    }

    @Test
    void otherTextsAreNoOffers() {
        String digits = offer.sent() + "00";
        for (String wrong : new String[] {"", "SCO1:", digits + "0", digits.substring(1), digits.replace(digits.charAt(3), 'U'),
                digits.substring(0, 25) + "100", digits.substring(0, 25) + "Z00", "SCQ1:" + digits, "SCO1:SCO1:" + digits,
                digits.substring(1) + "\u0131", digits.substring(1) + "\u017f", "-".repeat(300), digits + "\t"}) {
            assertFalse(isOffer(wrong), wrong);
        }
        for (String wrong : new String[] {offer.sent().toLowerCase(Locale.ROOT), offer.sent() + " ", offer.text(), "",
                offer.sent().substring(0, 25) + "1"}) {
            assertThrows(MalformedException.class, () -> Offer.hashOfSent(wrong), wrong);
        }
    }

    @Test
    void anOfferIsASecret() {
        assertEquals("Offer[secret]", offer.toString());
    }
}
