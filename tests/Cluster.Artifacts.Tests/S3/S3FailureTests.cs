using Amazon.Runtime;
using SearchCluster.Artifacts.S3;
using SearchCluster.Contracts.Storage;
using SearchCluster.TestKit.Artifacts;

namespace SearchCluster.Artifacts.Tests.S3;

public sealed class S3FailureTests : IAsyncDisposable
{
    private const string Secret = "wJalrXUtnFEMI-canary";
    private static readonly string Checkpoint = ArtifactPaths.Checkpoint(new("digits"), new TrialId(3));

    private readonly string _scratch = Directory.CreateTempSubdirectory("searchcluster-s3-").FullName;
    private readonly StandIn _server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_scratch, recursive: true);
    }

    [Theory]
    [Trait("Promise", "R19")]
    [InlineData(404, "NoSuchBucket", StorageTrouble.Gone, "bucket lab does not exist")]
    [InlineData(403, "RequestTimeTooSkewed", StorageTrouble.NotWritable, "clock")]
    [InlineData(403, "InvalidAccessKeyId", StorageTrouble.NotWritable, "credentials")]
    [InlineData(403, "SignatureDoesNotMatch", StorageTrouble.NotWritable, "credentials")]
    [InlineData(403, "SomethingOfThisServer", StorageTrouble.NotWritable, "credentials")]
    [InlineData(507, "XMinioStorageFull", StorageTrouble.DiskFull, "no room")]
    [InlineData(503, "SlowDown", StorageTrouble.Unreachable, "503")]
    [InlineData(500, "InternalError", StorageTrouble.Unreachable, "500")]
    public async Task What_a_server_refuses_is_a_trouble_of_the_storage_that_says_what_to_do(
        int status, string code, StorageTrouble trouble, string text)
    {
        _server.Answer = _ => (status, code);
        using var store = new S3ArtifactStore(Options(_server.Address));
        Func<Task>[] calls =
        [
            async () => await store.OpenReadAsync(Checkpoint, Cancellation),
            async () => await store.WriteAsync(Checkpoint, stream => stream.WriteByte(1), cancellation: Cancellation),
            async () => await store.BeginAsync(new(new("digits"), WorkItem.Trial(new(3)), 1, 1), Cancellation),
            () => store.ReachAsync(Cancellation),
        ];

        foreach (var call in calls)
        {
            var refused = await Should.ThrowAsync<StorageTroubleException>(call);
            refused.Trouble.ShouldBe(trouble);
            refused.Message.ShouldContain(text);
            refused.ToString().ShouldNotContain(Secret);
            StorageTroubles.IsOfMachine(refused).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_server_that_is_away_is_out_of_reach()
    {
        using var store = new S3ArtifactStore(Options(new("http://127.0.0.1:1")));

        (await Should.ThrowAsync<StorageTroubleException>(async () => await store.ExistsAsync(Checkpoint, Cancellation)))
            .Trouble.ShouldBe(StorageTrouble.Unreachable);
    }

    [Fact]
    public async Task A_failure_that_passes_is_not_seen()
    {
        var failed = 0;
        _server.Answer = request => request.HttpMethod == "GET" && Interlocked.Increment(ref failed) == 1 ? (503, "SlowDown")
            : (404, "NoSuchKey");
        using var store = new S3ArtifactStore(Options(_server.Address));

        (await store.ExistsAsync(Checkpoint, Cancellation)).ShouldBeFalse();

        failed.ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"version\":99}")]
    public void Names_of_another_format_are_told_with_their_object(string json) =>
        Should.Throw<ArtifactException>(() => ItemRecord.Read(System.Text.Encoding.UTF8.GetBytes(json), "may/names/0003.json"))
            .ShouldSatisfyAllConditions(
                refused => refused.Code.ShouldBe(ModelCodes.NamesUnreadable),
                refused => refused.Message.ShouldContain("names/0003.json"));

    [Theory]
    [InlineData("s3://lab", "s3://lab", "")]
    [InlineData("s3://lab/", "s3://lab", "")]
    [InlineData("s3://lab/of/may/", "s3://lab/of/may", "of/may/")]
    public void An_address_names_bucket_and_prefix(string text, string shown, string prefix)
    {
        S3Location.TryParse(text, out var location).ShouldBeTrue();

        (location.ToString(), location.Prefix).ShouldBe((shown, prefix));
    }

    [Theory]
    [InlineData("")]
    [InlineData("s3:lab")]
    [InlineData("s3://")]
    [InlineData("s3://ab")]
    [InlineData("s3://Lab")]
    [InlineData("s3://key:secret@lab")]
    [InlineData("s3://lab/../x")]
    [InlineData("s3://lab/a//b")]
    [InlineData("s3://lab/a b")]
    public void What_is_no_address_is_refused(string text) => S3Location.TryParse(text, out _).ShouldBeFalse();

    private S3StoreOptions Options(Uri server) => new()
    {
        Location = new("lab", "may/"),
        Endpoint = server,
        Credentials = new BasicAWSCredentials("key", Secret),
        ScratchFolder = _scratch,
        Retries = 1,
    };
}
