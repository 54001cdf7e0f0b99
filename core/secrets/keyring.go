package secrets

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	system "github.com/zalando/go-keyring"

	"shopbell/core/desk"
)

// service is the name under which the keyring's own window lists our entries.
const service = "Shopbell"

// keyring is the operating system's: Secret Service on Linux, Credential Manager
// on Windows, Keychain on macOS.
type keyring struct{ shop string }

func (k keyring) entry(name string) string { return k.shop + "/" + name }

// works stores and takes back an entry: one that answers questions may still be
// locked, or refuse to keep anything.
func (k keyring) works() bool {
	const probe = "probe"
	if !sessionBus() {
		return false
	}
	err := system.Set(service, k.entry(probe), probe)
	return err == nil && k.Delete(probe) == nil
}

func (k keyring) Get(name string) (desk.Secret, error) {
	value, err := system.Get(service, k.entry(name))
	if errors.Is(err, system.ErrNotFound) {
		return "", ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("secrets: read %s from the keyring: %w", name, err)
	}
	return desk.Secret(value), nil
}

func (k keyring) Set(name string, value desk.Secret) error {
	if err := system.Set(service, k.entry(name), value.Reveal()); err != nil {
		return fmt.Errorf("secrets: store %s in the keyring: %w", name, err)
	}
	return nil
}

func (k keyring) Delete(name string) error {
	if err := system.Delete(service, k.entry(name)); err != nil && !errors.Is(err, system.ErrNotFound) {
		return fmt.Errorf("secrets: delete %s from the keyring: %w", name, err)
	}
	return nil
}

func (keyring) Kind() desk.SecretStore { return desk.StoreKeyring }

// sessionBus reports whether the keyring can be asked at all. That of Linux and
// its like is asked over the bus of the person's session. Without one the library
// would start a bus, which nobody would stop.
func sessionBus() bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" || os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	folder := os.Getenv("XDG_RUNTIME_DIR")
	if folder == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(folder, "bus"))
	return err == nil
}
