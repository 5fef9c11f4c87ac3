using SearchCluster.Security.Authorities;
using SearchCluster.Security.Identities;

namespace SearchCluster.Security.Tests;

/// <summary>Each broken file is named, with what to do.</summary>
public sealed class BrokenIdentityTests : IDisposable
{
    private const string JoinAgain =
        "Join the cluster again with a new token (searchcluster token create on the coordinator's machine).";

    private readonly Folders _folders = new();
    private readonly CertificateAuthority _authority;

    public BrokenIdentityTests()
    {
        _authority = _folders.Authority();
        _folders.Certify(_authority, "w1");
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folders.Dispose();
    }

    [Fact]
    public void A_key_of_another_certificate()
    {
        _folders.Certify(_authority, "w2");
        File.Copy(Path.Combine(_folders.IdentityFolder("w2"), "node.key"), At("node.key"), overwrite: true);

        Refusal().ShouldBe(
            $"{At("node.key")} is not the key of the certificate {At("node.pem")}. Put both back from one copy. Or: {JoinAgain}");
    }

    [Fact]
    public void A_certificate_without_its_key()
    {
        File.Delete(At("node.key"));

        Refusal().ShouldBe($"{At("node.pem")} is there, but its key {At("node.key")} is not. {JoinAgain}");
    }

    [Fact]
    public void A_key_without_its_certificate()
    {
        File.Delete(At("node.pem"));

        Refusal().ShouldBe($"{At("node.key")} is there, but its certificate {At("node.pem")} is not. {JoinAgain}");
    }

    [Fact]
    public void No_authority()
    {
        File.Delete(At("ca.pem"));

        Refusal().ShouldStartWith($"{At("ca.pem")} is not there. It holds the certificate of the cluster's authority");
    }

    [Fact]
    public void Another_authority()
    {
        using var other = CertificateAuthority.Create(_folders.PathOf("other"), _folders.Clock, "other");
        File.WriteAllText(At("ca.pem"), other.CertificateText);

        Refusal().ShouldStartWith(
            $"The certificate {At("node.pem")} of w1 does not come from an authority in {At("ca.pem")}: no authority");
    }

    [Theory]
    [InlineData("node.pem", "holds no certificate that can be read")]
    [InlineData("ca.pem", "holds no certificate that can be read")]
    [InlineData("node.key", "holds no private key of the kind ECDSA")]
    public void A_file_with_something_else(string file, string what)
    {
        File.WriteAllText(At(file), "hello");

        Refusal().ShouldStartWith($"{At(file)} {what}");
    }

    [Fact]
    public void A_file_that_is_far_too_long()
    {
        using (var file = File.OpenWrite(At("node.pem")))
        {
            file.SetLength(5_000_000);
        }

        Refusal().ShouldStartWith($"{At("node.pem")} has ");
    }

    [Fact]
    public void A_certificate_that_has_expired()
    {
        _folders.Clock.Advance(TimeSpan.FromDays(30));

        Refusal().ShouldBe($"The certificate {At("node.pem")} of w1 expired at 2026-12-31 07:00:00 UTC; it is 2026-12-31 07:00:00 UTC now. "
            + JoinAgain);
    }

    [Fact]
    public void A_certificate_that_is_not_valid_yet()
    {
        var behind = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Folders.Start.AddDays(-2));

        Should.Throw<TrustException>(() => NodeIdentity.Find(_folders.IdentityFolder("w1"), behind)).Message.ShouldBe(
            $"The certificate {At("node.pem")} of w1 is valid from 2026-12-01 06:00:00 UTC, but the clock of this machine says 2026-11-29 "
                + "07:00:00 UTC. Set the clock right.");
    }

    [Theory]
    [InlineData("node.key")]
    [InlineData("node.key.next")]
    public void A_key_that_others_can_read(string file)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes of files.");
        SigningRequest.Create(_folders.IdentityFolder("w1"), "w1");
#pragma warning disable CA1416 // Skipped on Windows.
        File.SetUnixFileMode(At(file), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
#pragma warning restore CA1416

        Refusal().ShouldStartWith($"{At(file)} is a key with the mode 604, so that others than its owner can use it.");
    }

    private string At(string file) => Path.Combine(_folders.IdentityFolder("w1"), file);

    private string Refusal()
    {
        var refused = Should.Throw<TrustException>(() => NodeIdentity.Find(_folders.IdentityFolder("w1"), _folders.Clock));
        refused.Code.ShouldBe(SecurityCodes.IdentityUnusable);
        return refused.Message;
    }
}
