package io.duckpond.nio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.file.FileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.AcceptAllPublickeyAuthenticator;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpException;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apache MINA SSHD as it is serves a pond over SFTP, on loopback. */
class SftpTest {
  @TempDir private Path host;
  private MemoryPond pond;
  private KeyPair keys;
  private SshServer server;

  @BeforeEach
  void start() throws Exception {
    pond = new MemoryPond();
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(keys));
    server.setPublickeyAuthenticator(AcceptAllPublickeyAuthenticator.INSTANCE);
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    server.setFileSystemFactory(
        new FileSystemFactory() {
          @Override
          public Path getUserHomeDir(SessionContext session) {
            return pond.path("/");
          }

          @Override
          public FileSystem createFileSystem(SessionContext session) {
            return PondFileSystems.of(pond.pond());
          }
        });
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(true);
    pond.close();
  }

  @Test
  void aClientWorksOnThePond() throws IOException {
    try (SshClient ssh = SshClient.setUpDefaultClient()) {
      ssh.setServerKeyVerifier((session, address, key) -> true);
      ssh.start();
      try (ClientSession session =
          ssh.connect("pond", "127.0.0.1", server.getPort())
              .verify(20, TimeUnit.SECONDS)
              .getSession()) {
        session.addPublicKeyIdentity(keys);
        session.auth().verify(20, TimeUnit.SECONDS);
        try (SftpClient client = SftpClientFactory.instance().createSftpClient(session)) {
          work(client);
        }
      }
    }

    assertThat(Files.readString(pond.path("/docs/b é\n*.txt"))).isEqualTo("words".repeat(50_000));
    assertThat(
            Files.readAttributes(pond.path("/docs/b é\n*.txt"), PondFileAttributes.class).version())
        .isEqualTo(1);
  }

  private void work(SftpClient client) throws IOException {
    client.mkdir("/docs");
    byte[] words = "words".repeat(50_000).getBytes(UTF_8);
    try (OutputStream out =
        client.write(
            "/docs/a", EnumSet.of(SftpClient.OpenMode.Create, SftpClient.OpenMode.Write))) {
      out.write(words);
    }
    client.rename("/docs/a", "/docs/b é\n*.txt");
    client.symLink("/docs/link", "b é\n*.txt");

    try (InputStream in = client.read("/docs/link")) {
      assertThat(in.readAllBytes()).isEqualTo(words);
    }
    assertThat(client.readLink("/docs/link")).isEqualTo("b é\n*.txt");
    assertThat(names(client, "/docs")).contains("b é\n*.txt", "link").doesNotContain("a");
    SftpClient.Attributes attributes = client.stat("/docs/link");
    assertThat(attributes.getSize()).isEqualTo(words.length);
    assertThat(attributes.getPermissions() & 0777).isEqualTo(0644);
    client.setStat(
        "/docs/link", new SftpClient.Attributes().perms(0600).modifyTime(FileTime.fromMillis(0)));
    assertThat(client.stat("/docs/link").getPermissions() & 0777).isEqualTo(0600);
    assertThat(client.stat("/docs/link").getModifyTime()).isEqualTo(FileTime.fromMillis(0));

    assertThatThrownBy(() -> client.rmdir("/docs")).isInstanceOf(SftpException.class);
    assertThatThrownBy(() -> client.stat("/nothing")).isInstanceOf(SftpException.class);
    client.remove("/docs/link");
    client.mkdir("/empty");
    client.rmdir("/empty");
    assertThat(names(client, "/")).doesNotContain("empty");
  }

  private static List<String> names(SftpClient client, String directory) throws IOException {
    List<String> names = new ArrayList<>();
    for (SftpClient.DirEntry entry : client.readDir(directory)) {
      names.add(entry.getFilename());
    }
    return names;
  }

  @Test
  void theMachinesOwnClientWorksOnThePond() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/sftp")));
    Path key = host.resolve("key");
    Files.writeString(
        key,
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    Path local = Files.writeString(host.resolve("local"), "from the host");
    Files.setLastModifiedTime(local, FileTime.from(1_000_000_000, TimeUnit.SECONDS));
    Path back = host.resolve("back");
    List<String> commands =
        List.of(
            "mkdir /d",
            "put -p " + local + " /d/one",
            "rename /d/one /d/two",
            "ln -s two /d/link",
            "ls -l /d",
            "get -p /d/link " + back,
            "mkdir /gone",
            "rmdir /gone",
            "put " + local + " /gone",
            "chmod 600 /d/two",
            "rm /gone");

    Process sftp =
        new ProcessBuilder(
                "/usr/bin/sftp",
                "-b",
                "-",
                "-i",
                key.toString(),
                "-P",
                String.valueOf(server.getPort()),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "IdentitiesOnly=yes",
                "pond@127.0.0.1")
            .redirectErrorStream(true)
            .start();
    sftp.getOutputStream().write((String.join("\n", commands) + "\n").getBytes(UTF_8));
    sftp.getOutputStream().close();
    String said = new String(sftp.getInputStream().readAllBytes(), UTF_8);

    assertThat(sftp.waitFor()).as(said).isZero();
    assertThat(back).hasContent("from the host");
    assertThat(Files.readString(pond.path("/d/two"))).isEqualTo("from the host");
    assertThat(Files.readSymbolicLink(pond.path("/d/link"))).hasToString("two");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pond.path("/d/two"))))
        .isEqualTo("rw-------");
    assertThat(Files.getLastModifiedTime(pond.path("/d/two")).to(TimeUnit.SECONDS))
        .isEqualTo(1_000_000_000);
    assertThat(Files.exists(pond.path("/gone"))).isFalse();
    assertThat(Arrays.asList(said.split("\n"))).anyMatch(line -> line.endsWith("link"));
  }
}
