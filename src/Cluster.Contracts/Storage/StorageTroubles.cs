namespace SearchCluster.Contracts.Storage;

/// <summary>Recognises what a file system refuses by the operating system's number, because its words depend on
/// version and language.</summary>
public static class StorageTroubles
{
    // <errno.h> of Linux; macOS and the BSDs differ in quota only.
    private const int DeviceError = 5;
    private const int TooManyFilesOfProcess = 24;
    private const int TooManyFilesOfSystem = 23;
    private const int FileTooLarge = 27;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaOfLinux = 122;

    // HRESULT_FROM_WIN32 of ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL, ERROR_WRITE_PROTECT,
    // ERROR_TOO_MANY_OPEN_FILES and ERROR_FILE_TOO_LARGE.
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsWriteProtected = unchecked((int)0x80070013);
    private const int WindowsTooManyFiles = unchecked((int)0x80070004);
    private const int WindowsFileTooLarge = unchecked((int)0x800700DF);

    /// <summary>Looks at an exception and at what caused it.</summary>
    /// <param name="failure">What was thrown, or null.</param>
    /// <returns>The trouble; null when it is none of the storage's.</returns>
    public static StorageTrouble? Of(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is StorageTroubleException { Trouble: var known })
            {
                return known;
            }

            if (failure is IOException io && OfNumber(io.HResult) is { } trouble)
            {
                return trouble;
            }
        }

        return null;
    }

    /// <summary>Tells whether waiting may help: the cause lies with the machine, not with what was written.</summary>
    /// <param name="failure">What was thrown, or null.</param>
    /// <returns>True for a full disk, missing handles, a device that refuses, a file system that became
    /// read-only, and a store that cannot be reached.</returns>
    public static bool IsOfMachine(Exception? failure) => Of(failure) is not null;

    private static StorageTrouble? OfNumber(int number) => number switch
    {
        NoSpace or QuotaOfLinux or WindowsHandleDiskFull or WindowsDiskFull => StorageTrouble.DiskFull,
        ReadOnlyFileSystem or WindowsWriteProtected => StorageTrouble.NotWritable,
        TooManyFilesOfProcess or TooManyFilesOfSystem or WindowsTooManyFiles => StorageTrouble.TooManyFiles,
        FileTooLarge or WindowsFileTooLarge => StorageTrouble.FileTooLarge,
        DeviceError => StorageTrouble.DeviceFailed,
        _ => null,
    };
}
