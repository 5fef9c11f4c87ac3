using System.Security.Cryptography;

namespace SearchCluster.Artifacts;

/// <summary>A file without a name, for content on its way: it is gone with the process, however that ends.</summary>
internal static class SpoolFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Makes one.</summary>
    /// <param name="folder">Where its bytes lie; made when it is not there.</param>
    /// <returns>An empty file to read and to write.</returns>
    public static FileStream Create(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Path.GetRandomFileName());
        var file = new FileStream(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.Read | FileShare.Delete,
            BufferBytes,
            OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }

        return file;
    }
}

/// <summary>Writes into a file, hashes and counts.</summary>
/// <param name="file">Takes the content.</param>
/// <param name="path">The artifact's path, for the refusal.</param>
/// <param name="most">Most bytes.</param>
internal sealed class SpoolWriter(FileStream file, string path, long most) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Bytes that were written.</summary>
    public long Written => _written;

    /// <summary>SHA-256 of what was written, as lower hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_written + buffer.Length > most)
        {
            throw ArtifactLimits.TooLarge(path, most);
        }

        file.Write(buffer);
        _hash.AppendData(buffer);
        _written += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }
}
