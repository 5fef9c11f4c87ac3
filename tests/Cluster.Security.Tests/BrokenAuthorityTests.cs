using SearchCluster.Security.Authorities;

namespace SearchCluster.Security.Tests;

public sealed class BrokenAuthorityTests : IDisposable
{
    private readonly Folders _folders = new();

    private string CertificateFile => Path.Combine(_folders.AuthorityFolder, "ca.pem");

    private string KeyFile => Path.Combine(_folders.AuthorityFolder, "ca.key");

    public void Dispose() => _folders.Dispose();

    [Fact]
    public void Where_there_is_none_the_message_names_the_file() =>
        Refusal().ShouldBe($"{CertificateFile} is not there. The authority of a cluster lies on the coordinator's machine; give its state "
            + "folder with --state.");

    [Fact]
    public void A_certificate_that_is_none_names_its_file()
    {
        Make();
        File.WriteAllText(CertificateFile, "hello");

        Refusal().ShouldStartWith($"{CertificateFile} holds no certificate that can be read");
    }

    [Fact]
    public void A_key_that_is_none_names_its_file()
    {
        Make();
        File.WriteAllText(KeyFile, "hello");

        Refusal().ShouldStartWith($"{KeyFile} holds no private key");
    }

    [Fact]
    public void The_key_of_another_authority_is_refused()
    {
        Make();
        using (CertificateAuthority.Create(_folders.PathOf("other"), _folders.Clock, "other"))
        {
        }

        File.Copy(_folders.PathOf("other", "ca.key"), KeyFile, overwrite: true);

        Refusal().ShouldBe($"{KeyFile} is not the key of {CertificateFile}. Put both back from one copy.");
    }

    [Fact]
    public void A_half_made_one_is_not_taken_for_none()
    {
        Make();
        File.Delete(CertificateFile);

        Should.Throw<TrustException>(() => _folders.Authority()).Message.ShouldContain("was half made, or lost its certificate");
    }

    [Fact]
    public void A_key_that_others_can_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        Make();
#pragma warning disable CA1416 // Skipped on Windows.
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
#pragma warning restore CA1416

        Refusal().ShouldStartWith($"{KeyFile} is a key with the mode 640, so that others than its owner can use it.");
    }

    [Fact]
    public void An_expired_one_signs_no_more_and_says_since_when()
    {
        using var open = _folders.Authority();
        _folders.Clock.Advance(TimeSpan.FromDays(1826));

        Refusal().ShouldStartWith($"The authority {CertificateFile} expired at 2031-11-30 07:00:00 UTC.");
    }

    [Fact]
    public void A_list_of_revoked_certificates_that_is_damaged_is_not_taken_for_an_empty_one()
    {
        using var authority = _folders.Authority();
        var list = Path.Combine(_folders.AuthorityFolder, "revoked.json");
        File.WriteAllText(list, """[{"serial":"01"}]""");

        Should.Throw<TrustException>(() => authority.Revoked).Message.ShouldStartWith($"{list} is not the list that it should be:");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"serial":"01"}""")]
    [InlineData("""[{"serial":"01"}]""")]
    [InlineData("""[{"serial":"01","name":5,"at":"2026-12-01T07:00:00+00:00"}]""")]
    [InlineData("""[{"serial":"01","at":"yesterday"}]""")]
    [InlineData("[{")]
    public void What_a_list_holds_instead_is_told_in_words_for_people(string content)
    {
        using var authority = _folders.Authority();
        var list = Path.Combine(_folders.AuthorityFolder, "revoked.json");
        File.WriteAllText(list, content);

        var message = Should.Throw<TrustException>(() => authority.Revoked).Message;

        message.ShouldMatch(@": line \d+, column \d+: [^.]+(\.[^.]+)*[.?] Put it back from a copy\.$");
        message.ShouldNotContain("..");
        message.ShouldNotContain("JSON value");
        message.ShouldNotContain("System.");
        message.ShouldNotContain("Path: $");
    }

    [Fact]
    public void A_folder_in_place_of_a_file_is_named()
    {
        Make();
        File.Delete(CertificateFile);
        Directory.CreateDirectory(CertificateFile);

        Refusal().ShouldStartWith($"{CertificateFile} is a folder, but a regular file is expected there.");
    }

    private void Make()
    {
        using var authority = _folders.Authority();
    }

    private string Refusal()
    {
        var refused = Should.Throw<TrustException>(() => CertificateAuthority.Open(_folders.AuthorityFolder, _folders.Clock));
        refused.Code.ShouldBe(SecurityCodes.AuthorityUnusable);
        return refused.Message;
    }
}
