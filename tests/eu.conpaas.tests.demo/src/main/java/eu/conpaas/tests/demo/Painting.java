package eu.conpaas.tests.demo;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A picture for a blog's author to upload. */
final class Painting {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 420;

    private Painting() {
    }

    /** Paints a sunrise over the sea. @return the file */
    static Path png(Path file) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D painter = image.createGraphics();
        painter.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        int horizon = HEIGHT * 2 / 3;
        painter.setPaint(new GradientPaint(0, 0, new Color(0x1b3a6b), 0, horizon, new Color(0xf6b26b)));
        painter.fillRect(0, 0, WIDTH, horizon);
        painter.setPaint(new Color(0xfff1c9));
        painter.fillOval(WIDTH / 2 - 70, horizon - 90, 140, 140);
        painter.setPaint(new GradientPaint(0, horizon, new Color(0xb45f3c), 0, HEIGHT, new Color(0x14263f)));
        painter.fillRect(0, horizon, WIDTH, HEIGHT - horizon);
        painter.dispose();
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
