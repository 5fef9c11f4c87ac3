using System.Text.Json;
using SearchCluster.Cli.Tests.Fakes;
using SearchCluster.Security.Authorities;
using SearchCluster.Security.Joining;

namespace SearchCluster.Cli.Tests.Commands.Members;

public sealed class TokenTests : IDisposable
{
    private readonly CliHarness _cli = new();

    public TokenTests() => _cli.Clock = TimeProvider.System;

    private string State => Path.Combine(_cli.Folder, "state");

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_token_stands_alone_on_standard_output_and_lets_machines_join()
    {
        (await _cli.RunAsync("token", "create", "--uses", "8", "--expires-in", "2h", "--state", State)).ShouldBe(0, _cli.Error);

        var token = JoinToken.Parse(_cli.Out);
        _cli.Out.ShouldBe(token.Value + "\n");
        _cli.Error.ShouldContain("Made the authority of this cluster in");
        _cli.Error.ShouldContain("Lets 8 machines join as worker until ");
        using var authority = Authority();
        token.IsFor(authority.Fingerprint).ShouldBeTrue();
        new JoinTokens(authority, TimeProvider.System).Entries.Single().UsesLeft.ShouldBe(8);
    }

    [Fact]
    public async Task Once_it_is_known_where_others_call_the_line_to_type_there_is_told()
    {
        await _cli.RunAsync("token", "create", "--state", State);
        _cli.Error.ShouldContain("next: let the coordinator listen where others reach it: searchcluster launch --listen ADDRESS");
        await _cli.RunAsync("certs", "issue", "10.0.0.5", "--state", State);
        _cli.Clear();

        (await _cli.RunAsync("token", "create", "--state", State)).ShouldBe(0, _cli.Error);

        _cli.Error.ShouldContain($"  on the other machine: searchcluster join 10.0.0.5:8642 --token {_cli.Out.Trim()}\n");
        _cli.Clear();
        await _cli.RunAsync("token", "create", "--json", "--state", State);
        using var document = JsonDocument.Parse(_cli.Out);
        document.RootElement.GetProperty("join").GetString()
            .ShouldBe($"searchcluster join 10.0.0.5:8642 --token {document.RootElement.GetProperty("token").GetString()}");
    }

    [Fact]
    public async Task The_line_alone_is_for_a_file_from_which_machines_join()
    {
        (await _cli.RunAsync("token", "create", "--line", "--state", State)).ShouldBe(7);
        _cli.Error.ShouldContain("--line is to tell where other machines call the coordinator");
        await _cli.RunAsync("certs", "issue", "10.0.0.5", "--state", State);
        _cli.Clear();

        (await _cli.RunAsync("token", "create", "--line", "--state", State)).ShouldBe(0, _cli.Error);

        _cli.Out.ShouldStartWith("searchcluster join 10.0.0.5:8642 --token scj1.");
        JoinToken.Parse(_cli.Out.Split(' ')[^1]).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_second_token_is_of_the_same_authority()
    {
        await _cli.RunAsync("token", "create", "--state", State);
        await _cli.RunAsync("token", "create", "--role", "client", "--json", "--state", State);

        var first = _cli.Out.Split('\n')[0];
        using var document = JsonDocument.Parse(_cli.Out[first.Length..]);
        document.RootElement.GetProperty("schema").GetString().ShouldBe("searchcluster/token@1");
        document.RootElement.GetProperty("about").GetProperty("role").GetString().ShouldBe("client");
        JoinToken.Parse(document.RootElement.GetProperty("token").GetString()).AuthorityHash
            .ShouldBe(JoinToken.Parse(first).AuthorityHash);
    }

    [Fact]
    public async Task The_list_shows_no_secret_and_what_became_of_each()
    {
        await _cli.RunAsync("token", "create", "--state", State);
        var token = JoinToken.Parse(_cli.Out);
        await _cli.RunAsync("token", "revoke", token.Id, "--state", State);
        var before = _cli.Out.Length;

        (await _cli.RunAsync("token", "list", "--json", "--state", State)).ShouldBe(0);

        using var document = JsonDocument.Parse(_cli.Out[before..]);
        var listed = document.RootElement.GetProperty("tokens").EnumerateArray().Single();
        listed.GetProperty("id").GetString().ShouldBe(token.Id);
        listed.GetProperty("state").GetString().ShouldBe("revoked");
        _cli.Out[before..].ShouldNotContain(token.Value.Split('.')[3]);
        (await _cli.RunAsync("token", "list", "--state", State)).ShouldBe(0);
        _cli.Out.ShouldContain("1 of 1");
    }

    [Fact]
    public async Task A_token_that_there_is_not_cannot_be_revoked()
    {
        await _cli.RunAsync("token", "create", "--state", State);

        (await _cli.RunAsync("token", "revoke", "nothing", "--state", State)).ShouldBe(4);

        _cli.Error.ShouldContain($"searchcluster: {SecurityCodes.NotIssued}: No token for joining has the id \"nothing\".");
    }

    [Fact]
    public async Task A_mistyped_token_is_not_revoked()
    {
        await _cli.RunAsync("token", "create", "--state", State);

        (await _cli.RunAsync("token", "revoke", _cli.Out.Trim()[..^1], "--state", State)).ShouldBe(3);

        _cli.Error.ShouldContain($"{SecurityCodes.TokenRefused}: The token for joining is mistyped or cut off");
    }

    [Theory]
    [InlineData("91d")]
    [InlineData("0s")]
    public async Task A_time_outside_its_range_is_told(string time)
    {
        (await _cli.RunAsync("token", "create", "--expires-in", time, "--state", State)).ShouldBe(2);

        _cli.Error.ShouldContain("--expires-in is ");
        Directory.Exists(State).ShouldBeFalse();
    }

    [Fact]
    public async Task Where_nobody_can_join_the_list_says_how_to_change_that()
    {
        (await _cli.RunAsync("token", "list", "--state", State)).ShouldBe(0);

        _cli.Error.ShouldContain("No tokens for joining. Make one with: searchcluster token create");
        Directory.Exists(State).ShouldBeFalse();
    }

    private CertificateAuthority Authority() =>
        CertificateAuthority.Open(Path.Combine(State, CertificateAuthority.FolderName), TimeProvider.System);
}
