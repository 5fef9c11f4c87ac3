using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Win32.SafeHandles;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts.S3;

/// <summary>Objects of one bucket below one prefix. Thread-safe.</summary>
/// <remarks>Checksums of the library's newer kind are off: stores other than Amazon's refuse them. Each request is signed with the SHA-256
/// of what it carries, which the server compares, and content is compared with its hash when it is read.</remarks>
internal sealed class S3Bucket : IDisposable
{
    private const int PartsAtOnce = 4;
    private const int MostParts = 9_000;
    private const int DeletedAtOnce = 500;
    private const int MostTorn = 10;

    private readonly AmazonS3Client _client;
    private readonly S3StoreOptions _options;

    /// <summary>Reaches nobody yet.</summary>
    /// <param name="options">Where it is.</param>
    /// <exception cref="StorageTroubleException">There are no credentials, or no region.</exception>
    public S3Bucket(S3StoreOptions options)
    {
        _options = options;
        Endpoint = options.Endpoint?.GetLeftPart(UriPartial.Authority) ?? "Amazon S3";
        var config = new AmazonS3Config
        {
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            MaxErrorRetry = options.Retries,
            ForcePathStyle = options.Endpoint is not null,
        };
        if (options.Endpoint is { } endpoint)
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = options.Region ?? "us-east-1";
        }
        else if (options.Region is { } region)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        try
        {
            _client = options.Credentials is { } credentials ? new(credentials, config) : new(config);
        }
        catch (AmazonClientException nobody)
        {
            throw new StorageTroubleException(
                StorageTrouble.NotWritable,
                $"{options.Location} cannot be used: {nobody.Message} Set AWS_REGION, or AWS_ENDPOINT_URL for a server of your own.",
                nobody);
        }
    }

    /// <summary>The server, for people.</summary>
    public string Endpoint { get; }

    /// <summary>Reads a small object.</summary>
    /// <returns>Its content and its version; null when there is none.</returns>
    /// <exception cref="StorageTroubleException">Its content is not what its tag says, however often it is read.</exception>
    public async Task<(byte[] Content, string Version)?> ReadAsync(string key, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await CallAsync(() => ReadOnceAsync(key, cancellation));
            }
            catch (StorageTroubleException torn) when (torn.Trouble == StorageTrouble.Damaged && tries < MostTorn)
            {
                // A server that does not replace an object in one step shows parts of two.
            }
        }
    }

    /// <summary>Writes a small object, if it still has the version that was read.</summary>
    /// <param name="key">Below the prefix.</param>
    /// <param name="content">All of it.</param>
    /// <param name="version">Of what it replaces; null for nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False when somebody else was faster. A server without conditional writes never says so.</returns>
    public Task<bool> TryWriteAsync(string key, byte[] content, string? version, CancellationToken cancellation) => CallAsync(async () =>
    {
        try
        {
            using var stream = new MemoryStream(content, writable: false);
            await _client.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = Bucket,
                    Key = Full(key),
                    InputStream = stream,
                    UseChunkEncoding = false,
                    IfMatch = version,
                    IfNoneMatch = version is null ? "*" : null,
                },
                cancellation);
            return true;
        }
        catch (AmazonS3Exception other) when (S3Failures.IsOtherVersion(other) || (version is not null && S3Failures.IsMissing(other)))
        {
            return false;
        }
    });

    /// <summary>Writes an object from a file, in parts where it is large.</summary>
    /// <param name="key">Below the prefix; nobody else writes it.</param>
    /// <param name="file">Open for reading.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task WriteAsync(string key, SafeFileHandle file, long bytes, CancellationToken cancellation) => CallAsync(async () =>
    {
        var part = Math.Max(_options.PartBytes, (bytes + MostParts - 1) / MostParts);
        if (bytes > part)
        {
            await WriteInPartsAsync(key, file, bytes, part, cancellation);
        }
        else
        {
            await using var content = new FileSlice(file, 0, bytes);
            await _client.PutObjectAsync(
                new PutObjectRequest { BucketName = Bucket, Key = Full(key), InputStream = content, UseChunkEncoding = false },
                cancellation);
        }

        return true;
    });

    /// <summary>Opens an object.</summary>
    /// <param name="key">Below the prefix.</param>
    /// <param name="from">Bytes that are left out.</param>
    /// <param name="bytes">Its length.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The rest of it, as it comes; null when there is no such object.</returns>
    public Task<Stream?> OpenAsync(string key, long from, long bytes, CancellationToken cancellation) => CallAsync<Stream?>(async () =>
    {
        try
        {
            var request = new GetObjectRequest
            {
                BucketName = Bucket,
                Key = Full(key),
                ByteRange = from > 0 ? new ByteRange(from, bytes - 1) : null,
            };
            return (await _client.GetObjectAsync(request, cancellation)).ResponseStream;
        }
        catch (AmazonS3Exception missing) when (S3Failures.IsMissing(missing))
        {
            return null;
        }
    });

    /// <summary>Lists objects.</summary>
    /// <param name="prefix">What their keys begin with, below the store's prefix.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Keys below the store's prefix, and when they were written.</returns>
    public async Task<IReadOnlyList<(string Key, DateTime Written)>> ListAsync(string prefix, CancellationToken cancellation)
    {
        var found = new List<(string, DateTime)>();
        string? next = null;
        do
        {
            var answer = await CallAsync(() => _client.ListObjectsV2Async(
                new ListObjectsV2Request { BucketName = Bucket, Prefix = Full(prefix), ContinuationToken = next }, cancellation));
            found.AddRange((answer.S3Objects ?? []).Select(
                one => (one.Key[_options.Location.Prefix.Length..], (one.LastModified ?? default).ToUniversalTime())));
            next = answer.IsTruncated == true ? answer.NextContinuationToken : null;
        }
        while (next is not null);
        return found;
    }

    /// <summary>Removes objects; those that are gone already are no failure.</summary>
    public async Task DeleteAsync(IReadOnlyCollection<string> keys, CancellationToken cancellation)
    {
        foreach (var some in keys.Chunk(DeletedAtOnce))
        {
            await Parallel.ForEachAsync(
                some,
                new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellation },
                async (key, token) => await CallAsync(() => _client.DeleteObjectAsync(Bucket, Full(key), token)));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _client.Dispose();

    private async Task<(byte[] Content, string Version)?> ReadOnceAsync(string key, CancellationToken cancellation)
    {
        try
        {
            using var answer = await _client.GetObjectAsync(Bucket, Full(key), cancellation);
            using var content = new MemoryStream();
            try
            {
                await answer.ResponseStream.CopyToAsync(content, cancellation);
            }
            catch (AmazonClientException other)
            {
                throw new StorageTroubleException(
                    StorageTrouble.Damaged, $"The object {Full(key)} at {Endpoint} is not what its tag says: {other.Message}.", other);
            }

            return (content.ToArray(), answer.ETag);
        }
        catch (AmazonS3Exception missing) when (S3Failures.IsMissing(missing))
        {
            return null;
        }
    }

    private string Bucket => _options.Location.Bucket;

    private string Full(string key) => _options.Location.Prefix + key;

    private async Task WriteInPartsAsync(string key, SafeFileHandle file, long bytes, long part, CancellationToken cancellation)
    {
        var begun = await _client.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = Bucket, Key = Full(key) }, cancellation);
        try
        {
            var tags = new string[(bytes + part - 1) / part];
            await Parallel.ForAsync(
                0,
                tags.Length,
                new ParallelOptions { MaxDegreeOfParallelism = PartsAtOnce, CancellationToken = cancellation },
                async (number, token) =>
                {
                    var from = number * part;
                    await using var content = new FileSlice(file, from, Math.Min(part, bytes - from));
                    var answer = await _client.UploadPartAsync(
                        new UploadPartRequest
                        {
                            BucketName = Bucket,
                            Key = Full(key),
                            UploadId = begun.UploadId,
                            PartNumber = number + 1,
                            PartSize = content.Length,
                            InputStream = content,
                            UseChunkEncoding = false,
                        },
                        token);
                    tags[number] = answer.ETag;
                });
            await _client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = Bucket,
                    Key = Full(key),
                    UploadId = begun.UploadId,
                    PartETags = [.. tags.Select((tag, number) => new PartETag(number + 1, tag))],
                },
                cancellation);
        }
        catch
        {
            await AbortAsync(key, begun.UploadId);
            throw;
        }
    }

    // What cannot be ended now costs room until the bucket's own rule for uploads that nobody finished removes it.
    private async Task AbortAsync(string key, string upload)
    {
        try
        {
            await _client.AbortMultipartUploadAsync(Bucket, Full(key), upload, CancellationToken.None);
        }
        catch (Exception failure) when (failure is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
        }
    }

    private async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (S3Failures.Of(failure, _options.Location, Endpoint) is { } trouble)
        {
            throw trouble;
        }
    }
}
