using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Security.Authorities;

namespace SearchCluster.Cli.Tests.Joining;

/// <summary>What keeps a launch from listening for others; that it does is tested with real processes.</summary>
public sealed class ListenTests : IDisposable
{
    private readonly CliHarness _cli = new() { Clock = TimeProvider.System };

    private string State => Path.Combine(_cli.Folder, "state");

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("127.0.0.1", "--listen is 127.0.0.1, which only this machine reaches.")]
    [InlineData("localhost", "--listen is 127.0.0.1, which only this machine reaches.")]
    [InlineData("0.0.0.0", "means every address of this machine")]
    [InlineData("a b", "is neither an IP address nor a name")]
    public async Task An_address_that_others_cannot_call_is_refused_before_anything_is_made(string address, string why)
    {
        (await _cli.RunAsync("launch", "--listen", address, "--state", State)).ShouldBe(2);

        _cli.Error.ShouldContain(why);
        CertificateAuthority.Exists(Path.Combine(State, CertificateAuthority.FolderName)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_token_for_a_cluster_that_nobody_reaches_is_refused()
    {
        (await _cli.RunAsync("launch", "--token-uses", "3", "--state", State)).ShouldBe(2);

        _cli.Error.ShouldContain("--token-uses is given without --listen");
    }

    [Fact]
    public async Task Join_takes_its_address_as_an_argument_alone()
    {
        (await _cli.RunAsync("join", "--coordinator", "https://10.0.0.5:8642", "--state", State)).ShouldBe(2);

        _cli.Error.ShouldContain("but join takes the address as its argument.");
    }
}
