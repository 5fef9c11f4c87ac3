using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Artifacts.S3;

/// <summary>Turns what an object store refuses into the troubles that attempts and coordinators wait for.</summary>
internal static class S3Failures
{
    /// <summary>Translates a failure of the client library.</summary>
    /// <param name="failure">What it threw.</param>
    /// <param name="location">Where that was.</param>
    /// <param name="endpoint">Address of the server, or words for Amazon's.</param>
    /// <returns>What to throw instead; null where it is none of the store's.</returns>
    public static StorageTroubleException? Of(Exception failure, S3Location location, string endpoint) => failure switch
    {
        AmazonS3Exception refused => Refused(refused, location, endpoint),
        AmazonServiceException or HttpRequestException or TimeoutException or HttpIOException => new(
            StorageTrouble.Unreachable,
            $"The object store at {endpoint} with {location} cannot be reached: {failure.GetBaseException().Message} What waits goes on by "
                + "itself once it answers.",
            failure),

        // The library has no better type for credentials that it does not find.
        AmazonClientException nobody => new(
            StorageTrouble.NotWritable,
            $"No credentials for {location} were found: {nobody.Message} Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, "
                + "where the coordinator runs.",
            nobody),
        _ => null,
    };

    /// <summary>Tells whether an object or an upload is not there; a bucket that is missing is something else.</summary>
    public static bool IsMissing(AmazonS3Exception refused) =>
        refused.StatusCode == HttpStatusCode.NotFound && refused.ErrorCode != "NoSuchBucket";

    /// <summary>Tells whether somebody else was faster: the object is not what the condition named.</summary>
    public static bool IsOtherVersion(AmazonS3Exception refused) =>
        refused.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict && refused.ErrorCode != "BucketAlreadyExists";

    private static StorageTroubleException Refused(AmazonS3Exception refused, S3Location location, string endpoint)
    {
        var (trouble, text) = refused.ErrorCode switch
        {
            "NoSuchBucket" => (
                StorageTrouble.Gone,
                $"The bucket {location.Bucket} does not exist at {endpoint}. Make it, or name another with --artifacts "
                    + "s3://BUCKET/PREFIX."),
            "RequestTimeTooSkewed" or "RequestExpired" => (
                StorageTrouble.NotWritable,
                $"The clock of this machine and that of {endpoint} are too far apart, so no request is let in. Set the clock right."),
            "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "ExpiredToken" or "InvalidToken" or "AccessDenied"
                or "AllAccessDisabled" => (
                StorageTrouble.NotWritable,
                $"{endpoint} does not let this process into {location} ({refused.ErrorCode}). Check the credentials and what they allow: "
                    + "to get, put, delete and list objects there."),
            "XMinioStorageFull" or "QuotaExceeded" or "InsufficientStorage" => (
                StorageTrouble.DiskFull,
                $"The object store at {endpoint} has no room left for {location} ({refused.ErrorCode}). Make room there."),
            _ when refused.StatusCode == HttpStatusCode.InsufficientStorage => (
                StorageTrouble.DiskFull, $"The object store at {endpoint} has no room left for {location}. Make room there."),
            _ when refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => (
                StorageTrouble.NotWritable,
                $"{endpoint} does not let this process into {location}. Check the credentials and what they allow: to get, put, delete and "
                    + "list objects there."),
            _ => (
                StorageTrouble.Unreachable,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The object store at {endpoint} with {location} answered with status {(int)refused.StatusCode} "
                        + $"({refused.ErrorCode}). ") + "What waits goes on by itself once it answers otherwise."),
        };
        return new(trouble, text, refused);
    }
}
