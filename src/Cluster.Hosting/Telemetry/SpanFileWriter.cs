using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SearchCluster.Contracts.Telemetry;
using SearchCluster.Contracts.Wire;

namespace SearchCluster.Hosting.Telemetry;

/// <summary>Appends spans to files of one process, one JSON line each, and keeps their total size bounded.</summary>
/// <remarks>
/// Every process has files of its own, so nothing is shared and a torn last line harms nobody else. A file is named
/// <c>service-date-time-process-number.jsonl</c>; when it is full a new one starts, and where only some are
/// kept the oldest of the same service goes. A disk that refuses costs the spans of that moment, which are counted, and never the process.
/// </remarks>
/// <param name="folder">Where to; created when the first span comes.</param>
/// <param name="service">Name of the process.</param>
/// <param name="clock">Names files.</param>
/// <param name="retainedFiles">How many files of the service are kept; null for all.</param>
internal sealed class SpanFileWriter(string folder, string service, TimeProvider clock, int? retainedFiles = SpanFileWriter.RetainedFiles)
    : IDisposable
{
    /// <summary>A file that grew to this size is not continued.</summary>
    public const long FileSizeLimit = 32L << 20;

    /// <summary>How many files of one service are kept of spans that belong to no search.</summary>
    public const int RetainedFiles = 8;

    private readonly string _prefix = SpanFiles.SafeName(service);
    private FileStream? _file;
    private string? _path;
    private int _number;
    private int _unflushed;

    /// <summary>Adds a span; it is in the file after <see cref="Flush"/>.</summary>
    /// <param name="span">An ended span.</param>
    public void Write(Activity span)
    {
        _unflushed++;
        Try(() =>
        {
            var file = _file ??= Open();
            file.Write(JsonSerializer.SerializeToUtf8Bytes(SpanViews.Of(span, service), ContractsJsonContext.Default.SpanView));
            file.WriteByte((byte)'\n');
        });
    }

    /// <summary>Hands all spans to the operating system.</summary>
    public void Flush() => Try(() =>
    {
        _file?.Flush();
        _unflushed = 0;
        if (_file?.Length >= FileSizeLimit)
        {
            _path = null;
            _file.Dispose();
            _file = null;
        }
    });

    /// <summary>True while it holds a file open.</summary>
    public bool IsOpen => _file is not null;

    /// <summary>Closes the file until the next span, which goes on in it.</summary>
    public void Close()
    {
        Flush();
        _file?.Dispose();
        _file = null;
    }

    /// <inheritdoc />
    public void Dispose() => Close();

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            SearchClusterMetrics.SpansDropped.Add(_unflushed);
            _unflushed = 0;
            Abandon();
        }
    }

    // Disposing flushes what is buffered, which may be refused as well.
    private void Abandon()
    {
        var file = _file;
        _file = null;
        try
        {
            file?.Dispose();
        }
        catch (IOException)
        {
            // Counted by the caller already.
        }
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(folder);
        _path ??= NewPath();
        return new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
    }

    private string NewPath()
    {
        RemoveOldest();
        var time = clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return Path.Combine(
            folder,
            string.Create(CultureInfo.InvariantCulture, $"{_prefix}-{time}-{Environment.ProcessId}-{_number++:D4}{SpanFiles.Extension}"));
    }

    private void RemoveOldest()
    {
        if (retainedFiles is not { } kept)
        {
            return;
        }

        foreach (var file in SpanFiles.Of(folder, _prefix).SkipLast(kept - 1).ToList())
        {
            File.Delete(file);
        }
    }
}
