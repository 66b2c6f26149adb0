#include "islet/error.hpp"
