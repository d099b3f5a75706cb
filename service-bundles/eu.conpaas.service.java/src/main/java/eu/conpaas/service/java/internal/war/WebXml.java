package eu.conpaas.service.java.internal.war;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What an application's {@code WEB-INF/web.xml} lets only Tomcat answer. */
final class WebXml {
    private WebXml() {
    }

    /**
     * Patterns of paths that belong to a servlet, go through a filter or are guarded. A file that Tomcat will not be able to read either names
     * everything.
     */
    static UrlPatterns read(Path tree) throws IOException {
        UrlPatterns patterns = new UrlPatterns();
        Path file = tree.resolve("WEB-INF/web.xml");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return patterns;
        }
        try (InputStream in = Files.newInputStream(file)) {
            Element root = parser().parse(in).getDocumentElement();
            for (String name : new String[] {"servlet-mapping", "filter-mapping", "web-resource-collection"}) {
                NodeList mappings = root.getElementsByTagNameNS("*", name);
                for (int i = 0; i < mappings.getLength(); i++) {
                    add((Element) mappings.item(i), patterns);
                }
            }
        } catch (SAXException | ParserConfigurationException e) {
            patterns.add("/*");
        }
        return patterns;
    }

    /** What is mapped to the servlet for files stays with it; a filter round that servlet sees every file. */
    private static void add(Element mapping, UrlPatterns patterns) {
        Node named = mapping.getElementsByTagNameNS("*", "servlet-name").item(0);
        String servlet = named == null ? "" : named.getTextContent().strip();
        boolean filter = mapping.getLocalName().equals("filter-mapping");
        if (filter && (servlet.equals("default") || servlet.equals("*"))) {
            patterns.add("/*");
        }
        if (!filter && servlet.equals("default")) {
            return;
        }
        NodeList all = mapping.getElementsByTagNameNS("*", "url-pattern");
        for (int i = 0; i < all.getLength(); i++) {
            patterns.add(all.item(i).getTextContent());
        }
    }

    /** Nothing outside the file is read. */
    private static DocumentBuilder parser() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
        builder.setErrorHandler(null);
        return builder;
    }
}
