using System.Globalization;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Tests.State;

public sealed class AccessTokenTests
{
    [Fact]
    public void A_new_token_has_prefix_length_and_checksum_and_is_new()
    {
        var token = AccessToken.Create();

        token.Value.ShouldStartWith("scl_");
        token.Value.Length.ShouldBe(4 + 43 + 6);
        AccessToken.TryParse(token.Value, out _).ShouldBeTrue();
        AccessToken.Create().Value.ShouldNotBe(token.Value);
    }

    [Fact]
    public void A_changed_character_breaks_the_checksum()
    {
        var value = AccessToken.Create().Value;
        var changed = value[..10] + (value[10] == 'A' ? 'B' : 'A') + value[11..];

        AccessToken.TryParse(changed, out _).ShouldBeFalse();
    }

    [Fact]
    public void Only_the_same_token_matches()
    {
        var token = AccessToken.Create();

        token.Matches(token.Value).ShouldBeTrue();
        token.Matches(AccessToken.Create().Value).ShouldBeFalse();
        token.Matches("").ShouldBeFalse();
    }

    [Fact]
    [Trait("Promise", "S09")]
    public void The_secret_is_not_shown() => AccessToken.Create().ToString().ShouldBe("scl_…");

    [Fact]
    public async Task All_that_ask_at_once_get_the_same_token()
    {
        using var folder = new TemporaryFolder();

        var tokens = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => AccessToken.LoadOrCreate(folder.State).Value)));

        tokens.Distinct().Count().ShouldBe(1);
        Directory.GetFiles(folder.State.Root).ShouldBe([folder.State.TokenFile]);
    }

    // One round seldom meets the moment between two processes' looks and their writes; two hundred do.
    [Fact]
    public async Task All_that_start_in_the_same_moment_get_the_same_token()
    {
        using var folder = new TemporaryFolder();
        using var start = new Barrier(4);

        for (var round = 0; round < 200; round++)
        {
            var state = StateFolder.Resolve(folder.PathOf(string.Create(CultureInfo.InvariantCulture, $"{round}")));

            var tokens = await Task.WhenAll(Enumerable.Range(0, start.ParticipantCount).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return AccessToken.LoadOrCreate(state).Value;
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            tokens.Distinct().ShouldHaveSingleItem();
            Directory.GetFiles(state.Root).ShouldBe([state.TokenFile]);
        }
    }

    [Fact]
    public void Only_the_owner_may_read_the_file()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }

        using var folder = new TemporaryFolder();
        AccessToken.LoadOrCreate(folder.State);

        File.GetUnixFileMode(folder.State.TokenFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        AccessToken.IsOpenToOthers(folder.State).ShouldBeFalse();
        File.SetUnixFileMode(folder.State.TokenFile, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        AccessToken.IsOpenToOthers(folder.State).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    public void A_file_without_a_token_is_named_and_its_content_is_not(string content)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.State.TokenFile, content);

        Should.Throw<StateFolderException>(() => AccessToken.LoadOrCreate(folder.State)).Message.ShouldContain("holds no token");
    }
}
