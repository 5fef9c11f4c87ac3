using SearchCluster.Security.Authorities;
using SearchCluster.Security.Joining;

namespace SearchCluster.Security.Tests;

public sealed class JoinTokenTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Folders _folders = new();
    private readonly CertificateAuthority _authority;
    private readonly JoinTokens _tokens;

    public JoinTokenTests()
    {
        _authority = _folders.Authority();
        _tokens = new JoinTokens(_authority, _folders.Clock);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folders.Dispose();
    }

    [Fact]
    public void A_token_names_the_authority_by_its_hash()
    {
        var token = _tokens.Create(NodeRole.Worker, Day, 1);

        token.Value.ShouldMatch("^scj1\\.[0-9a-f]{32}\\.[0-9A-Za-z]{8}\\.[0-9A-Za-z]{38}$");
        token.IsFor(_authority.Fingerprint).ShouldBeTrue();
        token.IsFor(new string('0', 64)).ShouldBeFalse();
        token.ToString().ShouldBe($"scj1.{_authority.Fingerprint[..32]}.{token.Id}.…");
        JoinToken.Parse($"  {token.Value}\n").Value.ShouldBe(token.Value);
    }

    [Fact]
    public void Each_character_that_is_another_one_is_told()
    {
        var value = _tokens.Create(NodeRole.Worker, Day, 1).Value;

        for (var i = "scj1.".Length; i < value.Length; i++)
        {
            var mistyped = value[..i] + (value[i] == '7' ? '8' : '7') + value[(i + 1)..];
            Refusal(() => JoinToken.Parse(mistyped)).ShouldStartWith("The token for joining is mistyped or cut off:");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("scl_0123456789")]
    [InlineData("hello")]
    public void What_is_no_token_is_not_repeated(string text) => Refusal(() => JoinToken.Parse(text)).ShouldBe(
        "This is no token for joining a cluster: those begin with \"scj1.\". Copy it whole, as searchcluster token create printed it on "
            + "the coordinator's machine.");

    [Fact]
    public void A_token_that_was_cut_off_is_told()
    {
        var value = _tokens.Create(NodeRole.Worker, Day, 1).Value;

        Refusal(() => JoinToken.Parse(value[..^1])).ShouldStartWith("The token for joining is mistyped or cut off:");
    }

    [Fact]
    public void The_file_holds_no_secret_and_is_its_owner_s()
    {
        var token = _tokens.Create(NodeRole.Worker, Day, 1);

        var file = Path.Combine(_folders.AuthorityFolder, "tokens.json");
        File.ReadAllText(file).ShouldNotContain(token.Value.Split('.')[3]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void A_token_gives_its_role_as_often_as_it_was_made_for_and_then_says_so()
    {
        var token = _tokens.Create(NodeRole.Client, Day, 2);

        _tokens.Use(token).ShouldBe(NodeRole.Client);
        _tokens.Use(token).ShouldBe(NodeRole.Client);

        Refusal(() => _tokens.Use(token)).ShouldBe(
            $"The token {token.Id} is used up: it was made for 2 uses. Make a new one on the coordinator's machine: "
                + "searchcluster token create.");
    }

    [Fact]
    public void An_expired_token_says_since_when()
    {
        var token = _tokens.Create(NodeRole.Worker, Day, 1);
        _folders.Clock.Advance(Day);

        Refusal(() => _tokens.Use(token)).ShouldStartWith($"The token {token.Id} expired at 2026-12-02 07:00:00 UTC.");
    }

    [Fact]
    public void A_revoked_token_says_since_when_and_is_told_by_id_or_as_a_whole()
    {
        var token = _tokens.Create(NodeRole.Worker, Day, 5);

        _tokens.Revoke(token.Id).ShouldBeTrue();

        _tokens.Revoke(token.Value).ShouldBeFalse();
        Refusal(() => _tokens.Use(token)).ShouldStartWith($"The token {token.Id} was revoked at 2026-12-01 07:00:00 UTC.");
    }

    [Fact]
    public void An_id_that_there_is_not_is_told()
    {
        var refused = Should.Throw<TrustException>(() => _tokens.Revoke("nothing"));

        refused.Code.ShouldBe(SecurityCodes.NotIssued);
        refused.Message.ShouldStartWith("No token for joining has the id \"nothing\".");
    }

    [Fact]
    public void A_token_of_another_cluster_is_told_apart_from_an_unknown_one()
    {
        using var other = CertificateAuthority.Create(_folders.PathOf("other"), _folders.Clock, "other");
        var theirs = new JoinTokens(other, _folders.Clock).Create(NodeRole.Worker, Day, 1);
        var forgotten = _tokens.Create(NodeRole.Worker, Day, 1);
        File.Delete(Path.Combine(_folders.AuthorityFolder, "tokens.json"));

        Refusal(() => _tokens.Use(theirs)).ShouldStartWith($"The token {theirs.Id} is for the cluster of another authority");
        Refusal(() => _tokens.Use(forgotten)).ShouldStartWith($"The token {forgotten.Id} is not known here.");
    }

    [Fact]
    public void The_right_id_with_another_secret_learns_nothing_of_the_token()
    {
        var token = _tokens.Create(NodeRole.Worker, Day, 1);
        var text = $"scj1.{token.AuthorityHash}.{token.Id}.{new string('0', 32)}";
        var guessed = JoinToken.Parse(text + Files.SecretText.Checksum(text));
        _tokens.Revoke(token.Id);

        Refusal(() => _tokens.Use(guessed)).ShouldStartWith($"The token {token.Id} is not known here.");
    }

    [Fact]
    public async Task Five_hundred_at_once_share_three_uses()
    {
        var token = _tokens.Create(NodeRole.Worker, Day, 3);
        var others = new JoinTokens(_authority, _folders.Clock);

        var used = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(() => IsUsed(i % 2 == 0 ? _tokens : others, token))))
            .Patiently();

        used.Count(isUsed => isUsed).ShouldBe(3);
        _tokens.Entries.Single().UsesLeft.ShouldBe(0);
    }

    [Fact]
    public void What_cannot_be_used_any_more_is_forgotten_after_a_month()
    {
        _tokens.Create(NodeRole.Worker, Day, 1);
        _folders.Clock.Advance(TimeSpan.FromDays(32));

        var token = _tokens.Create(NodeRole.Worker, Day, 1);

        _tokens.Entries.Select(entry => entry.Id).ShouldBe([token.Id]);
    }

    [Fact]
    public void A_damaged_list_lets_nobody_in_and_names_its_file()
    {
        var token = _tokens.Create(NodeRole.Worker, Day, 1);
        var file = Path.Combine(_folders.AuthorityFolder, "tokens.json");
        File.WriteAllText(file, File.ReadAllText(file)[..^20]);

        var refused = Should.Throw<TrustException>(() => _tokens.Use(token));

        refused.Code.ShouldBe(SecurityCodes.AuthorityUnusable);
        refused.Message.ShouldStartWith($"{file} is not the list that it should be:");
    }

    private static bool IsUsed(JoinTokens tokens, JoinToken token)
    {
        try
        {
            tokens.Use(token);
            return true;
        }
        catch (TrustException refused) when (refused.Message.Contains("used up", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static string Refusal(Action use)
    {
        var refused = Should.Throw<TrustException>(use);
        refused.Code.ShouldBe(SecurityCodes.TokenRefused);
        return refused.Message;
    }
}
