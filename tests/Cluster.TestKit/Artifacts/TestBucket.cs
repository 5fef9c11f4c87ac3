using Amazon.Runtime;
using Amazon.S3;
using SearchCluster.Artifacts.S3;
using PutObjectRequest = Amazon.S3.Model.PutObjectRequest;

namespace SearchCluster.TestKit.Artifacts;

/// <summary>A bucket of its own on the server that SEARCHCLUSTER_TEST_S3 names: <c>http://KEY:SECRET@127.0.0.1:PORT</c>.</summary>
public sealed class TestBucket : IAsyncDisposable
{
    private const string Variable = "SEARCHCLUSTER_TEST_S3";

    private readonly Uri _server;
    private readonly AmazonS3Client _client;

    private TestBucket(Uri server)
    {
        _server = server;
        _client = new(
            Credentials,
            new AmazonS3Config
            {
                ServiceURL = Endpoint.ToString(),
                ForcePathStyle = true,
                AuthenticationRegion = "us-east-1",
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            });
    }

    public string Name { get; } = $"searchcluster-{Guid.NewGuid():N}"[..40];

    public string Scratch { get; } = Directory.CreateTempSubdirectory("searchcluster-s3-").FullName;

    public Uri Endpoint => new(_server.GetLeftPart(UriPartial.Authority).Replace(_server.UserInfo + "@", "", StringComparison.Ordinal));

    /// <summary>Name and secret of who may use it.</summary>
    public (string Key, string Secret) Caller => (_server.UserInfo.Split(':')[0], _server.UserInfo.Split(':')[1]);

    private BasicAWSCredentials Credentials => new(Caller.Key, Caller.Secret);

    /// <summary>Makes one; the test is skipped where there is no server.</summary>
    public static async Task<TestBucket> CreateAsync()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(server), $"{Variable} is not set; it holds http://KEY:SECRET@HOST:PORT of a test server.");
        var bucket = new TestBucket(new Uri(server));
        await bucket._client.PutBucketAsync(bucket.Name);
        return bucket;
    }

    public S3StoreOptions Options(string prefix = "lab/may") => new()
    {
        Location = S3Location.TryParse($"s3://{Name}/{prefix}", out var location) ? location : throw new InvalidOperationException(prefix),
        Endpoint = Endpoint,
        Credentials = Credentials,
        ScratchFolder = Scratch,
        Retries = 1,
    };

    public async Task<IReadOnlyList<string>> KeysAsync(string prefix = "") =>
        [.. ((await _client.ListObjectsV2Async(new() { BucketName = Name, Prefix = prefix })).S3Objects ?? []).Select(one => one.Key)];

    /// <summary>Counts objects with content of a search.</summary>
    /// <returns>Null where nothing tells of it.</returns>
    public async Task<int?> FilesAsync(string prefix, SearchId search)
    {
        var keys = await KeysAsync($"{prefix}/{ArtifactPaths.Search(search)}/");
        return keys.Count == 0 ? null : keys.Count(key => key.Contains("/blobs/", StringComparison.Ordinal));
    }

    public Task PutAsync(string key, string content) =>
        _client.PutObjectAsync(new PutObjectRequest { BucketName = Name, Key = key, ContentBody = content, UseChunkEncoding = false });

    public async ValueTask DisposeAsync()
    {
        foreach (var key in await KeysAsync())
        {
            await _client.DeleteObjectAsync(Name, key);
        }

        await _client.DeleteBucketAsync(Name);
        _client.Dispose();
        Directory.GetFiles(Scratch, "*", SearchOption.AllDirectories).ShouldBeEmpty();
        Directory.Delete(Scratch, recursive: true);
    }
}
