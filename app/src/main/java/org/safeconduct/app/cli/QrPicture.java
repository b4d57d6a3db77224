package org.safeconduct.app.cli;

import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrSegment;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * A code as a picture. Fixed by pass.md 2.3, so that nothing about the drawing tells one wallet from
 * another: alphanumeric mode, one segment, the smallest version, the mask of the standard's penalty rule.
 */
public final class QrPicture {
    /** What the code is for; it decides the error correction. */
    public enum Use {
        /** On a screen, new every 30 seconds: level L, the fewest modules. */
        LIVE(QrCode.Ecc.LOW),
        /** A question: level M. */
        QUESTION(QrCode.Ecc.MEDIUM),
        /** Paper and posters get creased and wet: level Q. */
        PRINT(QrCode.Ecc.QUARTILE);

        private final QrCode.Ecc level;

        Use(QrCode.Ecc level) {
            this.level = level;
        }
    }

    /** Modules of light around a printed code; the standard asks for four. */
    private static final int MARGIN = 4;
    /** Around a code in the terminal two, so that more codes fit into 80 columns; readers do with it. */
    private static final int TERMINAL_MARGIN = 2;
    /** Black on white whatever the terminal's own colours are. */
    private static final String BLACK_ON_WHITE = "\u001b[30;107m";

    private final QrCode code;

    private QrPicture(QrCode code) {
        this.code = code;
    }

    /**
     * The picture of a code.
     *
     * @throws IllegalArgumentException if the text is not alphanumeric in the sense of QR or too long
     */
    public static QrPicture of(String text, Use use) {
        QrSegment segment = QrSegment.makeAlphanumeric(text);
        return new QrPicture(QrCode.encodeSegments(List.of(segment), use.level, QrCode.MIN_VERSION, QrCode.MAX_VERSION, -1, false));
    }

    /** Modules on a side, without the margin: 21 to 177. */
    public int modules() {
        return code.size;
    }

    /** Columns that {@link #lines} takes. */
    public int columns() {
        return code.size + 2 * TERMINAL_MARGIN;
    }

    /**
     * The picture in half blocks, one character for two modules above each other. With colour it is
     * black on white; without, light modules are the full ones, right for a dark terminal.
     */
    public List<String> lines(boolean colour) {
        return IntStream.iterate(-TERMINAL_MARGIN, y -> y < code.size + TERMINAL_MARGIN, y -> y + 2)
            .mapToObj(y -> colour ? BLACK_ON_WHITE + row(y, true) + "\u001b[0m" : row(y, false)).toList();
    }

    private String row(int y, boolean drawDark) {
        StringBuilder row = new StringBuilder(columns());
        for (int x = -TERMINAL_MARGIN; x < code.size + TERMINAL_MARGIN; x++) {
            boolean upper = code.getModule(x, y) == drawDark;
            boolean lower = y + 1 < code.size + TERMINAL_MARGIN ? code.getModule(x, y + 1) == drawDark : !drawDark && upper;
            row.append(upper ? lower ? '█' : '▀' : lower ? '▄' : ' ');
        }
        return row.toString();
    }

    /** The picture as a PNG of one bit a pixel, {@code scale} pixels a module. */
    public byte[] png(int scale) {
        int side = (code.size + 2 * MARGIN) * scale;
        byte[] white = {(byte) 0xff, 0};
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(1, 2, white, white, white));
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                image.getRaster().setSample(x, y, 0, code.getModule(x / scale - MARGIN, y / scale - MARGIN) ? 1 : 0);
            }
        }
        try {
            ImageIO.setUseCache(false);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
