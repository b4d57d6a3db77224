package org.safeconduct.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QrPictureTest {
    /** As long as a live showing with a stamp. */
    private static final String CODE = "SCS1:" + "6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5".repeat(23);

    @ParameterizedTest
    @EnumSource(QrPicture.Use.class)
    void anIndependentReaderReadsThePng(QrPicture.Use use) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(QrPicture.of(CODE, use).png(4)));
        Result read = read(image);
        assertEquals(CODE, read.getText());
        assertEquals(Map.of(QrPicture.Use.LIVE, "L", QrPicture.Use.QUESTION, "M", QrPicture.Use.PRINT, "Q").get(use),
            read.getResultMetadata().get(ResultMetadataType.ERROR_CORRECTION_LEVEL));
    }

    @Test
    void anIndependentReaderReadsTheTerminalWithAndWithoutColour() throws Exception {
        QrPicture picture = QrPicture.of(CODE, QrPicture.Use.LIVE);
        assertEquals(CODE, read(fromBlocks(picture.lines(false), false)).getText());
        assertEquals(CODE, read(fromBlocks(picture.lines(true), true)).getText());
    }

    @Test
    void theVersionIsTheSmallestThatFitsAndTheLevelIsNotRaised() {
        // ISO/IEC 18004 table 7: version 14 level L holds 667 alphanumeric characters, version 15 holds 758.
        assertEquals(73, QrPicture.of("A".repeat(667), QrPicture.Use.LIVE).modules());
        assertEquals(77, QrPicture.of("A".repeat(668), QrPicture.Use.LIVE).modules());
    }

    @Test
    void textOutsideTheAlphabetIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> QrPicture.of("scs1:lower", QrPicture.Use.LIVE));
    }

    @Test
    void everyLineHasTheSameNumberOfColumnsAndAQuietZone() {
        QrPicture picture = QrPicture.of("SCQ1:ABC", QrPicture.Use.QUESTION);
        List<String> lines = picture.lines(false);
        assertTrue(lines.stream().allMatch(line -> line.length() == picture.columns()));
        assertEquals("█".repeat(picture.columns()), lines.getFirst());
    }

    /** Paints what a terminal would show, six pixels a module. */
    private static BufferedImage fromBlocks(List<String> lines, boolean darkDrawn) throws IOException {
        List<String> bare = lines.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")).toList();
        int width = bare.getFirst().length();
        BufferedImage image = new BufferedImage(width * 6, bare.size() * 12, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                char block = bare.get(y / 12).charAt(x / 6);
                boolean drawn = block == '█' || block == (y % 12 < 6 ? '▀' : '▄');
                image.setRGB(x, y, drawn == darkDrawn ? 0x000000 : 0xffffff);
            }
        }
        return image;
    }

    private static Result read(BufferedImage image) throws Exception {
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        LuminanceSource source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)),
            Map.of(DecodeHintType.TRY_HARDER, true, DecodeHintType.POSSIBLE_FORMATS, List.of(BarcodeFormat.QR_CODE)));
    }
}
